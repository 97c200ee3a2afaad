// How the read-out's membrane over time becomes a loss and a prediction.
#pragma once

#include <torch/types.h>

#include <optional>
#include <string_view>

namespace paralif {

enum class TimeReduction : std::uint8_t {
  mean,   ///< mean over time
  max,    ///< maximum over time
  last,   ///< last step
  cumsum  ///< sum over time of the softmax over classes
};

std::optional<TimeReduction> time_reduction(std::string_view name);

/// One score a class, (B, classes), from read-outs (B, T, classes).
torch::Tensor class_scores(const torch::Tensor& readout, TimeReduction reduction);

/// Cross-entropy of the scores, mean over the batch.
torch::Tensor classification_loss(const torch::Tensor& scores, const torch::Tensor& labels);

}  // namespace paralif
