// The fused passes as differentiable Torch operations on (batch, time, neuron) tensors.
//
// float32 or float64 on the CPU; inputs need not be contiguous. alpha, beta and threshold are
// tensors of one value or one a neuron and receive gradients where they require them.
#pragma once

#include <torch/types.h>

#include "core/values/spike_rule.h"

namespace paralif {

struct FilterPass {
  torch::Tensor spikes;    ///< (B, T, N); undefined without a spike function
  torch::Tensor membrane;  ///< (B, T, N); undefined where neither asked for nor the result
};

/// ParaLIF's filter and spike rule in one sweep; see cpu::FilterForward for the equations.
/// `base` may be undefined (0). A rule without a spike function and a shifted one always give m.
FilterPass fused_filter(const torch::Tensor& input, const torch::Tensor& base,
                        const torch::Tensor& alpha, const torch::Tensor& beta,
                        const torch::Tensor& threshold, const SpikeRule& rule, bool shifted,
                        bool want_membrane);

struct LifPass {
  torch::Tensor spikes;    ///< (B, T, N)
  torch::Tensor membrane;  ///< (B, T, N), after the reset; no gradient; only where asked for
};

/// LIF without recurrence in one sweep. `refractory_steps` may be fractional; 0: none.
LifPass fused_lif(const torch::Tensor& input, const torch::Tensor& alpha,
                  const torch::Tensor& beta, const torch::Tensor& threshold,
                  const SpikeRule& rule, double refractory_steps, bool want_membrane);

struct RecurrentLifPass {
  torch::Tensor spikes;    ///< (B, T, N); undefined when the layer does not fire
  torch::Tensor membrane;  ///< (B, T, N), after the reset
  torch::Tensor feedback;  ///< (B, T, N): what each step fed back to the next; no gradient
};

struct RecurrentLifOptions {
  SpikeRule rule;
  double refractory_steps = 0.0;
  bool fires = true;          ///< false: a read-out, no spikes and no reset
  bool feeds_spikes = true;   ///< false: feed back relu(membrane)
};

/// LIF whose step t also receives weight x feedback[t-1] + bias; one matrix product a step.
RecurrentLifPass fused_recurrent_lif(const torch::Tensor& input, const torch::Tensor& alpha,
                                     const torch::Tensor& beta, const torch::Tensor& threshold,
                                     const torch::Tensor& weight, const torch::Tensor& bias,
                                     const RecurrentLifOptions& options);

/// The uniform draws in (0, 1) that the stochastic rules use for a pass of this shape and key.
torch::Tensor rule_noise(torch::IntArrayRef shape, std::uint64_t key,
                         const torch::TensorOptions& options);

}  // namespace paralif
