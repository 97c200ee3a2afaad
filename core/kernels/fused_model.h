// A neuron model that is written as one step, as one differentiable pass over memory.
#pragma once

#include <torch/types.h>

#include "core/kernels/cpu/step_models.h"

namespace paralif {

struct ModelPass {
  torch::Tensor spikes;    ///< (B, T, N); undefined where the layer does not fire
  torch::Tensor membrane;  ///< (B, T, N) after the reset; differentiable, where wanted
};

struct ModelOptions {
  bool fires = true;
  SpikeRule rule;              ///< the surrogate is used
  bool want_membrane = false;  ///< always given where the layer does not fire
};

/// `input` is (B, T, N), `coefficients` (parameters of the model, N). CPU, and CUDA where the model
/// has kernels. Throws Error(device) where it has none.
ModelPass fused_model(const StepModel& model, const torch::Tensor& input,
                      const torch::Tensor& coefficients, const ModelOptions& options);

}  // namespace paralif
