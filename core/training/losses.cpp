#include "core/training/losses.h"

#include <torch/nn/functional/loss.h>

namespace paralif {

using torch::Tensor;

std::optional<TimeReduction> time_reduction(std::string_view name) {
  if (name == "mean") return TimeReduction::mean;
  if (name == "max") return TimeReduction::max;
  if (name == "last") return TimeReduction::last;
  if (name == "cumsum") return TimeReduction::cumsum;
  if (name == "spike_count") return TimeReduction::sum;
  if (name == "mse_rate") return TimeReduction::rate;
  return std::nullopt;
}

Tensor class_scores(const Tensor& readout, TimeReduction reduction) {
  switch (reduction) {
    case TimeReduction::mean:
    case TimeReduction::rate:
      return readout.mean(1);
    case TimeReduction::max:
      return std::get<0>(readout.max(1));
    case TimeReduction::last:
      return readout.select(1, readout.size(1) - 1);
    case TimeReduction::cumsum:
      return torch::softmax(readout, 2).sum(1);
    case TimeReduction::sum:
      return readout.sum(1);
  }
  return {};
}

Tensor classification_loss(const Tensor& scores, const Tensor& labels, TimeReduction reduction,
                           double smoothing) {
  namespace F = torch::nn::functional;
  if (reduction == TimeReduction::rate) {
    const std::int64_t classes = scores.size(1);
    const Tensor hard = torch::one_hot(labels, classes).to(scores.dtype());
    return torch::mse_loss(scores, hard * (1.0 - smoothing) +
                                       smoothing / static_cast<double>(classes));
  }
  F::CrossEntropyFuncOptions options;
  if (smoothing != 0.0) options.label_smoothing(smoothing);
  return F::cross_entropy(scores, labels, options);
}

Tensor soft_classification_loss(const Tensor& scores, const Tensor& targets,
                                TimeReduction reduction, double smoothing) {
  const Tensor smoothed =
      targets * (1.0 - smoothing) + smoothing / static_cast<double>(scores.size(1));
  if (reduction == TimeReduction::rate) return torch::mse_loss(scores, smoothed);
  return -(smoothed * torch::log_softmax(scores, 1)).sum(1).mean();
}

}  // namespace paralif
