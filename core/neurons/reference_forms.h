// The published formulations in plain Torch operations: the oracle of the fused passes and the
// baseline of the running-time comparison. Shapes are (batch, time, neuron).
#pragma once

#include <torch/torch.h>

#include "core/kernels/spike_rule.h"

namespace paralif::reference {

/// H(z) with a surrogate gradient.
torch::Tensor heaviside(const torch::Tensor& z, const SpikeRule& rule);

/// Normalised potential u of a membrane.
torch::Tensor squash(const torch::Tensor& membrane, Squash squash);

/// Spikes of a whole sequence of membranes; `noise` are uniform draws for stochastic rules.
torch::Tensor spikes(const torch::Tensor& membrane, const torch::Tensor& threshold,
                     const SpikeRule& rule, const torch::Tensor& noise);

/// Spikes of one step (B, N) from its membrane and the potential u of the step before.
torch::Tensor spikes_of_step(const torch::Tensor& u, const torch::Tensor& previous_u,
                             const torch::Tensor& threshold, const SpikeRule& rule,
                             const torch::Tensor& noise);

/// alpha^n convolved with (1 - beta) beta^n, applied along time by an FFT of length 2T.
torch::Tensor filter_by_fft(const torch::Tensor& x, const torch::Tensor& alpha,
                            const torch::Tensor& beta);

/// The same sequence one step later, with zero first.
torch::Tensor shifted_later(const torch::Tensor& x);

}  // namespace paralif::reference
