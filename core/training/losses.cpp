#include "core/training/losses.h"

#include <fmt/format.h>
#include <torch/nn/functional/loss.h>

#include <algorithm>

#include "datasets/error.h"

namespace paralif {

using torch::Tensor;

namespace {

Tensor mean_over_time(const Tensor& readout) {
  return readout.mean(1);
}
Tensor highest(const Tensor& readout) {
  return std::get<0>(readout.max(1));
}
Tensor last_step(const Tensor& readout) {
  return readout.select(1, readout.size(1) - 1);
}
Tensor summed_softmax(const Tensor& readout) {
  return torch::softmax(readout, 2).sum(1);
}
Tensor summed(const Tensor& readout) {
  return readout.sum(1);
}

Tensor smoothed(const Tensor& targets, double smoothing) {
  return targets * (1.0 - smoothing) + smoothing / static_cast<double>(targets.size(1));
}

Tensor soft_squared(const Tensor& scores, const Tensor& targets, double smoothing) {
  return torch::mse_loss(scores, smoothed(targets, smoothing));
}
Tensor squared(const Tensor& scores, const Tensor& labels, double smoothing) {
  return soft_squared(scores, torch::one_hot(labels, scores.size(1)).to(scores.dtype()), smoothing);
}

}  // namespace

Tensor cross_entropy(const Tensor& scores, const Tensor& labels, double smoothing) {
  namespace F = torch::nn::functional;
  F::CrossEntropyFuncOptions options;
  if (smoothing != 0.0) options.label_smoothing(smoothing);
  return F::cross_entropy(scores, labels, options);
}

Tensor soft_cross_entropy(const Tensor& scores, const Tensor& targets, double smoothing) {
  return -(smoothed(targets, smoothing) * torch::log_softmax(scores, 1)).sum(1).mean();
}

std::vector<Loss>& losses() {
  static std::vector<Loss> all{
      {"mean", mean_over_time, cross_entropy, soft_cross_entropy},
      {"max", highest, cross_entropy, soft_cross_entropy},
      {"last", last_step, cross_entropy, soft_cross_entropy},
      {"cumsum", summed_softmax, cross_entropy, soft_cross_entropy},
      {"spike_count", summed, cross_entropy, soft_cross_entropy},
      {"mse_rate", mean_over_time, squared, soft_squared},
  };
  return all;
}

const Loss& loss_named(const std::string& name) {
  const auto found = std::ranges::find(losses(), name, &Loss::name);
  if (found != losses().end()) return *found;
  throw Error(Error::Kind::setting, "training.loss", fmt::format("'{}' is unknown", name));
}

}  // namespace paralif
