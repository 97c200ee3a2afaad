// What a sweep has shown: runs that differ only in their seed, as one line.
#pragma once

#include <string>
#include <vector>

#include "core/sweeps/sweep_folder.h"

namespace paralif {

struct OutcomeLine {
  std::vector<std::string> values;  ///< of the keys of SweepOutcome
  std::int64_t finished = 0;
  std::int64_t runs = 0;    ///< finished or not
  double mean = 0.0;        ///< of the last test accuracy of finished runs
  double deviation = 0.0;   ///< standard deviation (n - 1); 0 of one run
  double least = 0.0;
  double most = 0.0;
  double seconds = 0.0;     ///< mean time of training
};

struct SweepOutcome {
  std::vector<std::string> keys;  ///< that vary, but for the seed
  std::vector<OutcomeLine> lines;  ///< in the order of the plan
};

SweepOutcome outcome_of(const SweepPlan& plan, const std::vector<TrialState>& states);

}  // namespace paralif
