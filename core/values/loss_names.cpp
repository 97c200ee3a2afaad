#include "core/values/loss_names.h"

namespace paralif {

std::vector<ChoiceMeaning>& loss_names() {
  static std::vector<ChoiceMeaning> names{
      {"mean", marked("its mean over time.")},
      {"max", marked("its maximum over time.")},
      {"last", marked("its last value.")},
      {"cumsum", marked("the sum over time of its softmax.")},
      {"spike_count", marked("its sum over time, the spikes of a read-out that fires.")},
      {"mse_rate",
       marked(
           "its mean over time, by the squared difference from 1 for the right class and 0 for the "
           "others.")},
  };
  return names;
}

}  // namespace paralif
