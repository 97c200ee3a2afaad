// How a membrane potential becomes spikes: the eleven modes as squash and spike function.
#pragma once

#include <cstdint>

namespace paralif {

/// Normalisation of the membrane before the spike function sees it.
enum class Squash : std::uint8_t { identity, sigmoid, tanh, relu_tanh };

/// What turns the normalised potential u into a spike.
enum class SpikeFunction : std::uint8_t {
  none,       ///< no spikes: the membrane is the output
  threshold,  ///< H(u - threshold)
  delta,      ///< H(u[t] - u[t-1] - threshold), u[-1] = 0
  bernoulli,  ///< 1 with probability u; gradient g * u
  gumbel      ///< Gumbel-softmax of (u, -u), temperature 1, hard, straight-through gradient
};

/// Smooth stand-ins for the derivative of the step function H; forward is H(x) with H(0) = 0.
enum class Surrogate : std::uint8_t {
  fastsig,  ///< 1 / (scale |x| + 1)^2
  atan      ///< (scale / 2) / (1 + (pi / 2 scale x)^2)
};

struct SpikeRule {
  Squash squash = Squash::identity;
  SpikeFunction spike_function = SpikeFunction::threshold;
  Surrogate surrogate = Surrogate::fastsig;
  double surrogate_scale = 100.0;
  std::uint64_t noise_key = 0;  ///< decides every draw of the stochastic spike functions
  /// Start at rest: u[-1] is squash(0) rather than 0, and a shifted rule emits 0 first.
  bool from_rest = false;

  [[nodiscard]] bool uses_threshold() const {
    return spike_function == SpikeFunction::threshold || spike_function == SpikeFunction::delta;
  }
  [[nodiscard]] bool stochastic() const {
    return spike_function == SpikeFunction::bernoulli || spike_function == SpikeFunction::gumbel;
  }
};

}  // namespace paralif
