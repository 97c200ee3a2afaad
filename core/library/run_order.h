// The order of runs in a list.
#pragma once

#include <vector>

#include "core/library/run_columns.h"

namespace paralif {

/// Places of `runs` by a column: numbers as numbers, text in any case; runs without a value come
/// last either way, and equal ones keep the order they have.
std::vector<std::size_t> order_of(const std::vector<const RunEntry*>& runs, const RunColumn& column,
                                  bool descending);

}  // namespace paralif
