// How the read-out over time becomes a prediction and a loss.
#pragma once

#include <torch/types.h>

#include <optional>
#include <string_view>

namespace paralif {

enum class TimeReduction : std::uint8_t {
  mean,    ///< mean over time
  max,     ///< maximum over time
  last,    ///< last step
  cumsum,  ///< sum over time of the softmax over classes
  sum,     ///< sum over time: the number of spikes of a read-out that fires
  rate     ///< mean over time, against the one-hot target by the squared error
};

/// "mean", "max", "last", "cumsum", "spike_count" (sum) or "mse_rate" (rate).
std::optional<TimeReduction> time_reduction(std::string_view name);

/// One score a class, (B, classes), from read-outs (B, T, classes).
torch::Tensor class_scores(const torch::Tensor& readout, TimeReduction reduction);

/// Cross-entropy of the scores, mean over the batch, or for `rate` the mean over batch and classes
/// of the squared difference from the one-hot target. `smoothing` is the share of the target that
/// is spread over all classes, 0 to 1.
torch::Tensor classification_loss(const torch::Tensor& scores, const torch::Tensor& labels,
                                  TimeReduction reduction = TimeReduction::mean,
                                  double smoothing = 0.0);

/// The same for soft targets (B, classes), whose rows sum to 1.
torch::Tensor soft_classification_loss(const torch::Tensor& scores, const torch::Tensor& targets,
                                       TimeReduction reduction, double smoothing);

}  // namespace paralif
