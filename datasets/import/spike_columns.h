// Which columns of a spike list hold time and unit, by its heading. Private to the import.
#pragma once

#include "datasets/import/spike_list.h"
#include "datasets/tables/table_reader.h"

namespace paralif {

struct SpikeColumns {
  std::size_t time = 0;
  std::size_t unit = 1;
  double seconds = 1.0;  ///< of a time of 1
  bool named = false;    ///< both columns are named by the heading
};

/// Throws Error(file) where the heading leaves a choice, or names another unit of time than the
/// mapping.
SpikeColumns spike_columns(const TableReader& table, const SpikeListMapping& mapping);

}  // namespace paralif
