#include "core/layers/neuron_kind_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace paralif {
namespace {

/// One value, or as many; none without one.
std::vector<double> list_of(const std::optional<double>& value, std::int64_t count) {
  if (!value) return {};
  return std::vector<double>(static_cast<std::size_t>(count), *value);
}

}  // namespace

std::vector<std::string> neuron_kind_models() {
  return neuron_model_names(&NeuronModelEntry::in_layers);
}

bool NeuronKindSettings::has_step_parameter(std::string_view key) const {
  const StepModel* step = step_model(model);
  return step != nullptr && std::ranges::any_of(step->facts.parameters,
                                                [&](const auto& p) { return p.key == key; });
}

std::int64_t NeuronKindSettings::shares(std::int64_t channels, std::int64_t units) const {
  return share == "neuron" ? units : share == "channel" ? channels : 1;
}

StepNeuronSettings step_settings(const NeuronKindSettings& s, std::int64_t neurons,
                                 std::int64_t channels) {
  StepNeuronSettings n;
  n.model = s.model;
  n.neurons = neurons;
  n.shares = s.shares(channels, neurons);
  for (const StepParameter& p : step_model(s.model)->facts.parameters) {
    double value = p.standard;
    if (p.key == "tau_mem") {
      value = s.tau_mem_s.value_or(0.0);
    } else if (p.key == "tau_syn") {
      value = s.tau_syn_s.value_or(0.0);
    } else if (p.key == "threshold") {
      value = s.threshold.value_or(p.standard);
    } else if (const auto own = s.own.find(p.key); own != s.own.end()) {
      value = own->second;
    }
    n.values.emplace(p.key, value);
  }
  n.learn_decays = s.learn_tau;
  n.learn_values = s.learn_threshold;
  n.time_step_s = s.time_step_s;
  n.fire = s.fire;
  n.rule.surrogate = s.surrogate == "atan" ? Surrogate::atan : Surrogate::fastsig;
  n.rule.surrogate_scale =
      s.surrogate_scale.value_or(n.rule.surrogate == Surrogate::atan ? 2.0 : 100.0);
  return n;
}

NeuronSettings published_settings(const NeuronKindSettings& s, std::int64_t neurons,
                                  std::int64_t channels, bool recurrent) {
  NeuronSettings n;
  n.neurons = neurons;
  n.channels = channels;
  n.recurrent = recurrent;
  n.recurrent_fire = s.feed_spikes;
  n.fire = s.fire;
  if (s.is_lif()) {
    n.model = NeuronModel::lif;
  } else {
    n.mode = find_neuron_model(s.model)->mode;
  }
  const bool delta = rule_of(n.mode).spike_function == SpikeFunction::delta && n.model != NeuronModel::lif;
  const double threshold = s.threshold.value_or(delta ? 0.1 : 1.0);
  n.threshold = list_of(threshold, s.learn_threshold ? s.shares(channels, neurons) : 1);
  n.learn_threshold = s.learn_threshold;
  const std::int64_t taus = !s.learn_tau         ? 1
                            : s.tau_per_neuron ? neurons
                                               : s.shares(channels, neurons);
  n.tau_mem_s = list_of(s.tau_mem_s, taus);
  n.tau_syn_s = list_of(s.tau_syn_s, taus);
  n.learn_tau = s.learn_tau;
  n.decay_init = s.tau_init == "reference" ? DecayInit::reference : DecayInit::logit;
  n.time_step_s = s.time_step_s;
  n.refractory_s = s.is_lif() ? s.refractory_s : 0.0;
  n.surrogate = s.surrogate == "atan" ? Surrogate::atan : Surrogate::fastsig;
  n.surrogate_scale = s.surrogate_scale;
  return n;
}

MultiStepLifSettings multi_step_settings(const NeuronKindSettings& s) {
  MultiStepLifSettings m;
  m.tau_steps = s.tau_steps;
  m.learn_tau = find_neuron_model(s.model)->learns_tau;
  m.decay_input = s.decay_input;
  m.fire = s.fire;
  m.threshold = s.threshold.value_or(1.0);
  m.reset = s.reset == "soft" ? ResetRule::soft : ResetRule::hard;
  m.detach_reset = s.detach_reset;
  m.surrogate = s.surrogate == "atan" ? Surrogate::atan : Surrogate::fastsig;
  m.surrogate_scale = s.surrogate_scale.value_or(m.surrogate == Surrogate::atan ? 2.0 : 100.0);
  return m;
}

}  // namespace paralif
