// LIF without a synaptic filter as one differentiable pass over memory.
#pragma once

#include <torch/types.h>

#include "core/kernels/cpu/reset_args.h"

namespace paralif {

struct ResetPass {
  torch::Tensor spikes;    ///< (B, T, N); undefined where the layer does not fire
  torch::Tensor membrane;  ///< (B, T, N) after the reset; differentiable, where wanted
};

struct ResetOptions {
  cpu::Reset reset = cpu::Reset::hard;  ///< none: the layer does not fire
  bool detached = false;                ///< the reset passes no gradient to the spike
  SpikeRule rule;                       ///< the surrogate is used
  bool want_membrane = false;           ///< always given where the layer does not fire
};

/// u = keep v + gain x, s = H(u - threshold) with H(0) = 1, v after the reset. `input` is
/// (B, T, N); keep, gain and threshold are one value or N. CPU.
ResetPass fused_reset(const torch::Tensor& input, const torch::Tensor& keep,
                      const torch::Tensor& gain, const torch::Tensor& threshold,
                      const ResetOptions& options);

}  // namespace paralif
