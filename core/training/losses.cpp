#include "core/training/losses.h"

#include <torch/nn/functional/loss.h>

namespace paralif {

std::optional<TimeReduction> time_reduction(std::string_view name) {
  if (name == "mean") return TimeReduction::mean;
  if (name == "max") return TimeReduction::max;
  if (name == "last") return TimeReduction::last;
  if (name == "cumsum") return TimeReduction::cumsum;
  return std::nullopt;
}

torch::Tensor class_scores(const torch::Tensor& readout, TimeReduction reduction) {
  switch (reduction) {
    case TimeReduction::mean:
      return readout.mean(1);
    case TimeReduction::max:
      return std::get<0>(readout.max(1));
    case TimeReduction::last:
      return readout.select(1, readout.size(1) - 1);
    case TimeReduction::cumsum:
      return torch::softmax(readout, 2).sum(1);
  }
  return {};
}

torch::Tensor classification_loss(const torch::Tensor& scores, const torch::Tensor& labels) {
  return torch::nn::functional::cross_entropy(scores, labels);
}

}  // namespace paralif
