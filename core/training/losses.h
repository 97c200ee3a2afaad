// How the read-out over time becomes one score a class, and the scores a loss.
#pragma once

#include <torch/types.h>

#include <string>
#include <vector>

namespace paralif {

/// Shapes: readout (B, T, classes), scores (B, classes), labels (B) of int64, targets (B, classes)
/// with rows that sum to 1. Losses are means over the batch. `smoothing` is the share of the target
/// that is spread over all classes, 0 to 1. The class with the highest score is predicted.
struct Loss {
  std::string name;  ///< one of loss_names()
  torch::Tensor (*scores)(const torch::Tensor& readout);
  torch::Tensor (*hard)(const torch::Tensor& scores, const torch::Tensor& labels, double smoothing);
  torch::Tensor (*soft)(const torch::Tensor& scores, const torch::Tensor& targets,
                        double smoothing);
};

/// What a program adds must stand there before the first training.
std::vector<Loss>& losses();

/// Throws Error(setting).
const Loss& loss_named(const std::string& name);

torch::Tensor cross_entropy(const torch::Tensor& scores, const torch::Tensor& labels,
                            double smoothing = 0.0);
torch::Tensor soft_cross_entropy(const torch::Tensor& scores, const torch::Tensor& targets,
                                 double smoothing);

}  // namespace paralif
