// Every setting of a neuron layer, as plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/spike_rule.h"

namespace paralif {

enum class NeuronModel : std::uint8_t { lif, paralif };

/// How a layer is computed; all give the same result.
enum class Backend : std::uint8_t {
  sequential,  ///< step by step, a tensor a step: the published LIF and step-by-step ParaLIF
  fft,         ///< by FFT of twice the length: the published parallel ParaLIF
  fused        ///< one sweep over memory
};

/// The published parallel and step-by-step forms of ParaLIF part from the equations, and from
/// each other, in two small ways. Either can be reproduced in every backend.
enum class Agreement : std::uint8_t {
  exact,                 ///< the linear filter and the rule of the paper
  published_parallel,    ///< the FFT of length 2T lets the end of a sequence wrap into its start
  published_sequential   ///< starts at rest: u[-1] = squash(0), and nothing is fed back to step 0
};

/// Where learning of the decays starts. A time constant of 0 has no logit: the stored parameter
/// is 0 and the decay starts at sigmoid(0) = 0.5 in both, as published.
enum class DecayInit : std::uint8_t {
  logit,     ///< at the true decay exp(-time_step / tau)
  reference  ///< at sigmoid(exp(-time_step / tau)), as published
};

/// The eleven spiking modes of ParaLIF (Yarga and Wood, 2024, section 2).
enum class SpikeMode : std::uint8_t { gs, sb, trb, d, sd, td, trd, t, st, tt, trt };

std::string_view to_string(SpikeMode mode);
std::optional<SpikeMode> spike_mode(std::string_view name);
const std::vector<SpikeMode>& spike_modes();

std::string_view to_string(Backend backend);
std::optional<Backend> backend_named(std::string_view name);

/// Squash and generator of a mode.
SpikeRule rule_of(SpikeMode mode);

struct NeuronSettings {
  NeuronModel model = NeuronModel::paralif;
  SpikeMode mode = SpikeMode::t;  ///< ParaLIF only
  std::int64_t neurons = 1;
  std::int64_t channels = 0;  ///< of equally many neurons each; 0: they form none
  bool fire = true;             ///< false: a read-out that returns its membrane
  bool recurrent = false;
  bool recurrent_fire = true;   ///< false: feed back relu(membrane)
  std::vector<double> threshold{1.0};  ///< one, one a channel or one a neuron
  bool learn_threshold = false;        ///< effective threshold relu(parameter)
  /// Empty: none, the decay is 0 and stays 0. One, one a channel or one a neuron; the decay of 0 is 0 and can be
  /// learnt.
  std::vector<double> tau_mem_s{1e-3};
  std::vector<double> tau_syn_s{1e-3};
  double time_step_s = 1e-3;
  bool learn_tau = false;
  DecayInit decay_init = DecayInit::logit;
  double refractory_s = 0.0;  ///< LIF only
  Surrogate surrogate = Surrogate::fastsig;
  std::optional<double> surrogate_scale;  ///< absent: the default, 100 (fastsig) or 2 (atan)
  Backend backend = Backend::fused;
  Agreement agreement = Agreement::exact;  ///< ParaLIF only
};

/// Throws Error(setting) that names the first impossible field.
void validate(const NeuronSettings& settings);

/// The rule a layer's spikes follow: its mode (ParaLIF) or threshold (LIF), with its surrogate.
SpikeRule rule_of(const NeuronSettings& settings);

}  // namespace paralif
