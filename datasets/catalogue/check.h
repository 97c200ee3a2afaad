// Reads a set from its first to its last sample: statistics, and everything that is wrong.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "datasets/recorded_set.h"

namespace paralif {

struct SetReport {
  std::int64_t samples = 0;                ///< read without a problem
  std::vector<std::int64_t> class_counts;  ///< samples of each class
  std::vector<std::string> class_names;    ///< as the files have them; empty: they have none
  std::uint64_t spikes = 0;                ///< in all
  std::size_t fewest = 0;                  ///< spikes of a sample
  std::size_t most = 0;
  double shortest_s = 0.0;  ///< from the first tick to the last spike
  double longest_s = 0.0;
  double mean_s = 0.0;
  std::int64_t silent = 0;            ///< samples without a spike
  std::vector<std::string> problems;  ///< the first of them, as sentences
  std::int64_t broken = 0;            ///< samples with a problem
  EventFlaws flaws;                   ///< of the events of samples read without one
};

/// `progress` is told the share done and returns false to stop; the report is then of a part.
SetReport check_set(const RecordedSet& set, const std::function<bool(double)>& progress = {});

}  // namespace paralif
