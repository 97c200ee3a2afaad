#include "core/values/loss_names.h"

namespace paralif {

std::vector<LossName>& loss_names() {
  static std::vector<LossName> names{
      {"mean", "its mean over time"},
      {"max", "its maximum over time"},
      {"last", "its last value"},
      {"cumsum", "the sum over time of its softmax"},
      {"spike_count", "its sum over time, the spikes of a read-out that fires"},
      {"mse_rate",
       "its mean over time, by the squared difference from 1 for the right class and 0 for the "
       "others"},
  };
  return names;
}

}  // namespace paralif
