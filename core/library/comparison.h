// Some runs beside one another: what differs, which differ in the seed only, and whether the
// difference between two such groups could be chance.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/library/run_columns.h"

namespace paralif {

struct Difference {
  const RunColumn* column = nullptr;
  std::vector<std::string> values;  ///< of each run; empty where the setting has no effect in it
};

/// Settings in which the runs differ, in the order of the form. Lists of layers are compared by
/// the network's name.
std::vector<Difference> differences(std::span<const RunEntry> runs);

struct RunGroup {
  std::string name;               ///< what sets it apart: "LIF, 64"; of one group alone its title
  std::vector<std::size_t> runs;  ///< places in the given runs
};

/// Runs with the same settings but for the seed, in the order of their first.
std::vector<RunGroup> groups_of(std::span<const RunEntry> runs);

struct PermutationTest {
  double p = 1.0;     ///< share of the ways to part the values whose means differ as much or more
  bool exact = true;  ///< every way was looked at; else `drawn` of them at random
  std::int64_t drawn = 0;
};

/// Two-sided permutation test of the difference of means (Fisher, 1935; Pitman, 1937). It assumes
/// that, were there no difference, any run could as well have been of the other group, and nothing
/// of the values' distribution. Exact up to 200 000 ways, else 200 000 draws of a fixed seed, the
/// observed one counted among them. p is 1 when a group is empty.
PermutationTest permutation_test(std::span<const double> a, std::span<const double> b);

}  // namespace paralif
