#include "core/experiments/trials.h"

#include <algorithm>
#include <cmath>

namespace paralif {

int passes_of_trial(double pass_ms) {
  if (!(pass_ms > 0.0)) return 1;
  return static_cast<int>(std::clamp(std::ceil(shortest_trial_ms / pass_ms), 1.0, 1000.0));
}

}  // namespace paralif
