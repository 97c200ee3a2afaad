// The published formulations in plain Torch operations: the oracle of the fused passes and the
// baseline of the running-time comparison. Shapes are (batch, time, neuron).
#pragma once

#include <torch/fft.h>
#include <torch/types.h>

#include "core/values/spike_rule.h"

namespace paralif::reference {

/// H(z) with a surrogate gradient.
torch::Tensor heaviside(const torch::Tensor& z, const SpikeRule& rule);

/// The same with H(0) = 1, as SpikingJelly has it.
torch::Tensor heaviside_at_zero(const torch::Tensor& z, const SpikeRule& rule);

/// Normalised potential u of a membrane.
torch::Tensor squash(const torch::Tensor& membrane, Squash squash);

/// Spikes of a whole sequence of membranes; `noise` are uniform draws for stochastic rules.
torch::Tensor spikes(const torch::Tensor& membrane, const torch::Tensor& threshold,
                     const SpikeRule& rule, const torch::Tensor& noise);

/// The potential before the first step: 0, or squash(0) from rest; (B, N) like `step`.
torch::Tensor first_potential(const torch::Tensor& step, const SpikeRule& rule);

/// Spikes of one step (B, N) from its membrane and the potential u of the step before.
torch::Tensor spikes_of_step(const torch::Tensor& u, const torch::Tensor& previous_u,
                             const torch::Tensor& threshold, const SpikeRule& rule,
                             const torch::Tensor& noise);

/// alpha^n convolved with (1 - beta) beta^n, cut to T steps, applied along time by FFTs of
/// length 2T: the linear filter itself.
torch::Tensor filter_by_fft(const torch::Tensor& x, const torch::Tensor& alpha,
                            const torch::Tensor& beta);

/// The published form: the spectra of both decays and of x multiplied at length 2T. The three
/// together span 3T steps, so what lies beyond 2T wraps into the first steps.
torch::Tensor filter_wrapped(const torch::Tensor& x, const torch::Tensor& alpha,
                             const torch::Tensor& beta);

/// The same sequence one step later, with zero first.
torch::Tensor shifted_later(const torch::Tensor& x);

/// Lets the backward pass through a long chain of steps be interrupted where it reaches this one;
/// every other step is watched.
void watch_backward(const torch::Tensor& of_step, std::int64_t step);

}  // namespace paralif::reference
