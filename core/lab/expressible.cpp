// The arguments, by family of equations.
//
// Both filters have positive impulse responses that rise once and fall once, so: the response to
// a step never falls; a smaller input gives a smaller membrane; of two equal pulses, the closer
// pair always sums to the larger peak; and a ramp that lies below another, their ends aligned,
// gives a lower membrane. Every squash is increasing.
#include "core/lab/expressible.h"

namespace paralif::lab {
namespace {

using Reason = std::optional<std::string_view>;

constexpr std::string_view no_swing =
    "two decays in series only rise once and fall once; there is no variable that overshoots";
constexpr std::string_view fades =
    "the membrane forgets the pulse, so at one current there is one lasting behaviour";
constexpr std::string_view inhibition_lowers =
    "inhibition only lowers the membrane, and it returns to the background from below";
constexpr std::string_view slow_is_higher =
    "the slow ramp to the higher peak always lifts the membrane further";
constexpr std::string_view close_is_best = "two pulses sum to the most when they are closest";

Reason with_reset(Feature feature, bool synapse) {
  switch (feature) {
    case Feature::phasic_spiking:
    case Feature::phasic_bursting:
      return "the drive of a step never falls, so what fired once fires again";
    case Feature::tonic_bursting:
    case Feature::mixed_mode:
    case Feature::adaptation:
      return "each reset erases the past and the drive of a step never falls, so intervals never "
             "grow";
    case Feature::class_2:
      return "charging to threshold takes ever longer as the current nears the smallest that "
             "fires, so the rate begins near zero";
    case Feature::latency:
      if (synapse) return std::nullopt;
      return "without a synaptic current the membrane falls as soon as the pulse ends";
    case Feature::after_potential:
      return "a spike only lowers the membrane, by its reset";
    default:
      return std::nullopt;
  }
}

Reason by_threshold(Feature feature) {
  switch (feature) {
    case Feature::phasic_spiking:
    case Feature::phasic_bursting:
    case Feature::tonic_bursting:
    case Feature::mixed_mode:
    case Feature::adaptation:
      return "under a step the membrane never falls, and without a reset every step above "
             "threshold fires";
    case Feature::class_1:
      return "without a reset a constant current fires in every step or in none";
    case Feature::after_potential:
      return "a spike leaves no trace in the membrane";
    default:
      return std::nullopt;
  }
}

Reason by_change(Feature feature, bool squashed) {
  switch (feature) {
    case Feature::tonic_spiking:
    case Feature::tonic_bursting:
    case Feature::mixed_mode:
    case Feature::adaptation:
    case Feature::class_1:
    case Feature::class_2:
      return "it fires on the membrane's change, which fades under a constant current";
    case Feature::latency:
      if (squashed) return std::nullopt;
      return "the membrane's change is largest before the pulse ends";
    case Feature::resonator:
      if (squashed) return std::nullopt;
      return close_is_best;
    case Feature::after_potential:
      return "a spike leaves no trace in the membrane";
    case Feature::inhibition_spiking:
    case Feature::inhibition_bursting:
      return "while inhibited the membrane only falls, and it fires on a rise";
    default:
      return std::nullopt;
  }
}

Reason by_chance(Feature feature) {
  switch (feature) {
    case Feature::phasic_spiking:
    case Feature::phasic_bursting:
    case Feature::tonic_bursting:
    case Feature::mixed_mode:
    case Feature::adaptation:
      return "each step draws by itself and under a step the probability never falls, so this "
             "happens only by chance";
    case Feature::class_2:
      return "the rate is a probability that rises smoothly with the current";
    case Feature::after_potential:
      return "a spike leaves no trace in the membrane";
    default:
      return std::nullopt;
  }
}

/// What all but the delta modes share: the membrane decides, the higher the more.
Reason by_level(Feature feature) {
  switch (feature) {
    case Feature::resonator:
      return close_is_best;
    case Feature::rebound_spike:
    case Feature::rebound_burst:
    case Feature::threshold_variability:
    case Feature::inhibition_spiking:
    case Feature::inhibition_bursting:
      return inhibition_lowers;
    case Feature::accommodation:
      return slow_is_higher;
    default:
      return std::nullopt;
  }
}

}  // namespace

Reason impossible(const LabNeuron& neuron, Feature feature) {
  if (neuron.model == LabModel::izhikevich || neuron.model == LabModel::stepped) {
    return std::nullopt;
  }
  if (feature == Feature::oscillations) return no_swing;
  if (feature == Feature::bistability) return fades;
  if (neuron.model != LabModel::paralif) {
    const Reason reason = with_reset(feature, neuron.model == LabModel::lif);
    return reason ? reason : by_level(feature);
  }
  const SpikeRule rule = rule_of(neuron);
  if (rule.spike_function == SpikeFunction::delta) {
    return by_change(feature, rule.squash != Squash::identity);
  }
  const Reason reason = rule.stochastic() ? by_chance(feature) : by_threshold(feature);
  return reason ? reason : by_level(feature);
}

bool claimed(const LabNeuron& neuron, Feature feature) {
  const std::string name = name_of(neuron);
  const std::string_view letters = name == "LIF"         ? "AGL"
                                   : name == "ParaLIF-T" ? "AHL"
                                   : name == "ParaLIF-D" ? "BDHMNOR"
                                                         : "";
  return letters.find(text_of(feature).letter) != std::string_view::npos;
}

Reason claim_note(const LabNeuron& neuron, Feature feature) {
  const std::string name = name_of(neuron);
  if (name == "ParaLIF-D" && feature == Feature::class_2) {
    return "the published claim rests on a ramp, whose slope drives the change; at constant "
           "currents, where excitability is defined, nothing fires";
  }
  if ((name == "LIF" || name == "ParaLIF-T") && feature == Feature::latency) {
    return "beyond the published runs: these have no synaptic current, which is what delays the "
           "peak of the membrane";
  }
  if (name == "ParaLIF-D" && feature == Feature::integrator) {
    return "beyond the published runs: these have no synaptic current, which lets the rises of "
           "two close pulses overlap";
  }
  return std::nullopt;
}

}  // namespace paralif::lab
