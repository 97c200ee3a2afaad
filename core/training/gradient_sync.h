// What happens to gradients between the backward pass and the optimiser's step.
#pragma once

#include <torch/types.h>

#include <vector>

namespace paralif {

/// Replaces gradients by their mean over all processes of a training. Called by the trainer's
/// thread once a batch, with the same tensors in the same order in every process.
class GradientSync {
 public:
  virtual ~GradientSync() = default;
  virtual void average(std::vector<torch::Tensor>& gradients) = 0;
};

}  // namespace paralif
