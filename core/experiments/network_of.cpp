#include "core/experiments/network_of.h"

#include <fmt/format.h>

#include "datasets/error.h"

namespace paralif {
namespace {

template <typename T>
T known(const std::optional<T>& value, const char* field, const std::string& name) {
  if (value) return *value;
  throw Error(Error::Kind::setting, field, fmt::format("'{}' is unknown", name));
}

}  // namespace

NeuronSettings neuron_settings(const Experiment& experiment) {
  const NeuronChoice& choice = experiment.neuron;
  NeuronSettings s;
  constexpr std::string_view prefix = "ParaLIF-";
  if (choice.name.starts_with(prefix)) {
    s.model = NeuronModel::paralif;
    const std::string mode = choice.name.substr(prefix.size());
    s.mode = known(spike_mode(mode), "neuron.name", choice.name);
  } else {
    s.model = NeuronModel::lif;
  }
  const bool delta =
      s.model == NeuronModel::paralif && rule_of(s.mode).generator == Generator::delta;
  s.threshold = {choice.threshold > 0 ? choice.threshold : (delta ? 0.1 : 1.0)};
  s.learn_threshold = choice.name != "LIF";
  s.tau_mem_s = {choice.tau_mem_s};
  s.tau_syn_s = {choice.tau_syn_s};
  s.time_step_s = choice.time_step_s;
  s.learn_tau = choice.learn_tau;
  s.decay_init = choice.tau_init == "reference" ? DecayInit::reference : DecayInit::logit;
  s.refractory_s = s.model == NeuronModel::lif ? choice.refractory_s : 0.0;
  s.surrogate = choice.surrogate == "atan" ? Surrogate::atan : Surrogate::fastsig;
  s.surrogate_scale = choice.surrogate_scale;
  s.recurrent = experiment.network.recurrent;
  s.recurrent_fire = !experiment.network.recurrent_relu;
  s.evaluation = known(evaluation_named(experiment.evaluation), "evaluation", experiment.evaluation);
  return s;
}

DenseNetworkSettings network_settings(const Experiment& experiment, std::int64_t inputs,
                                      std::int64_t classes) {
  DenseNetworkSettings s;
  s.inputs = inputs;
  s.classes = classes;
  s.hidden = experiment.network.hidden;
  s.spiking = experiment.neuron.name != "ReLU";
  if (s.spiking) s.neuron = neuron_settings(experiment);
  s.delay_max = s.spiking ? experiment.network.delay_max : 0;
  s.delay_distribution = experiment.network.delay_distribution;
  s.learn_decay_per_neuron = experiment.neuron.learn_tau && experiment.neuron.tau_per_neuron;
  return s;
}

OptimizerSettings optimizer_settings(const Experiment& experiment) {
  const TrainingSettings& t = experiment.training;
  OptimizerSettings s;
  s.kind = known(optimizer_kind(t.optimizer), "training.optimizer", t.optimizer);
  s.learning_rate = t.learning_rate;
  s.weight_decay = t.weight_decay;
  s.momentum = t.momentum;
  return s;
}

}  // namespace paralif
