#include "core/training/network_of.h"

#include <fmt/format.h>

#include "core/kernels/cpu/neuron_models.h"
#include "core/kernels/cpu/sweeps.h"
#include "datasets/error.h"

namespace paralif {
namespace {

template <typename T>
T known(const std::optional<T>& value, const char* field, const std::string& name) {
  if (value) return *value;
  throw Error(Error::Kind::setting, field, fmt::format("'{}' is unknown", name));
}

std::vector<double> time_constants(const std::optional<double>& tau_s) {
  return tau_s ? std::vector<double>{*tau_s} : std::vector<double>{};
}

const NeuronModelEntry& model_of(const std::string& name) {
  const NeuronModelEntry* model = find_neuron_model(name);
  if (model != nullptr && model->in_dense) return *model;
  throw Error(Error::Kind::setting, "neuron.name", fmt::format("'{}' is unknown", name));
}

}  // namespace

NeuronSettings neuron_settings(const Experiment& experiment) {
  const NeuronChoice& choice = experiment.neuron;
  NeuronSettings s;
  const NeuronModelEntry& model = model_of(choice.name);
  s.model = model.is(NeuronFamily::paralif) ? NeuronModel::paralif : NeuronModel::lif;
  s.mode = model.mode;
  const bool delta =
      s.model == NeuronModel::paralif && rule_of(s.mode).spike_function == SpikeFunction::delta;
  s.threshold = {choice.threshold.value_or(delta ? 0.1 : 1.0)};
  s.learn_threshold = model.learns_threshold;
  s.tau_mem_s = time_constants(choice.tau_mem_s.of(0));
  s.tau_syn_s = time_constants(choice.tau_syn_s.of(0));
  s.time_step_s = choice.time_step_s;
  s.learn_tau = choice.learn_tau;
  s.decay_init = choice.tau_init == "reference" ? DecayInit::reference : DecayInit::logit;
  s.refractory_s = s.model == NeuronModel::lif ? choice.refractory_s : 0.0;
  s.surrogate = choice.surrogate == "atan" ? Surrogate::atan : Surrogate::fastsig;
  s.surrogate_scale = choice.surrogate_scale;
  s.recurrent = experiment.network.recurrent.of(0);
  s.recurrent_fire = !experiment.network.recurrent_relu;
  s.backend = known(backend_named(experiment.backend), "backend", experiment.backend);
  return s;
}

DenseNetworkSettings dense_settings(const Experiment& experiment, std::int64_t classes) {
  DenseNetworkSettings s;
  s.classes = classes;
  s.hidden = experiment.network.hidden;
  const NeuronModelEntry& model = model_of(experiment.neuron.name);
  s.model = model.name;
  s.spiking = !model.is(NeuronFamily::relu);
  if (s.spiking) s.neuron = neuron_settings(experiment);
  if (model.is(NeuronFamily::stepped) && !experiment.neuron.threshold) s.neuron.threshold.clear();
  for (std::size_t layer = 0; s.spiking && layer <= s.hidden.size(); ++layer) {
    s.layers.push_back({time_constants(experiment.neuron.tau_mem_s.of(layer)),
                        time_constants(experiment.neuron.tau_syn_s.of(layer)),
                        experiment.network.recurrent.of(layer)});
    s.delay_max.push_back(experiment.network.delay_max.of(layer));
  }
  s.delay_distribution = experiment.network.delay_distribution;
  s.learn_decay_per_neuron = experiment.neuron.learn_tau && experiment.neuron.tau_per_neuron;
  return s;
}

NetworkDescription network_of(const Experiment& experiment, std::int64_t classes) {
  const NetworkDescription& layers = experiment.network.layers;
  return layers.layers.empty() ? dense_network(dense_settings(experiment, classes)) : layers;
}

std::shared_ptr<Network> make_network(const Experiment& experiment, const SignalShape& input,
                                      std::int64_t classes) {
  const NetworkDescription description = network_of(experiment, classes);
  // The dense network takes pictures as one row of units, as published, without a layer for it.
  const bool dense = experiment.network.layers.layers.empty();
  auto network = std::make_shared<Network>(description, dense ? SignalShape{0, {input.units()}} : input,
                                           static_cast<std::uint64_t>(experiment.seed));
  const SignalShape& last = network->shapes().back();
  if (last.features != std::vector<std::int64_t>{classes}) {
    const LayerDescription& layer = description.layers.back();
    throw Error::shown_as(
        Error::Kind::setting, layer.id,
        fmt::format("layer {}, {} \"{}\"", description.layers.size(), layer.kind, layer.id),
        fmt::format("gives {} units, but the data has {} classes", features_text(last), classes),
        "end the network with one unit a class");
  }
  const Precision precision =
      known(precision_named(experiment.precision), "precision", experiment.precision);
  if (precision == Precision::bfloat16 && !dense && experiment.device == "cpu" &&
      !cpu::has_bfloat16()) {
    throw Error(Error::Kind::device, "precision",
                "this processor has no instructions for bfloat16", "choose float32");
  }
  network->set_precision(precision);
  network->set_backend(
      known(backend_named(experiment.backend), "backend", experiment.backend));
  return network;
}

Schedule schedule_of(const TrainingSettings& t) {
  Schedule s;
  s.kind = known(schedule_kind(t.schedule), "training.schedule", t.schedule);
  s.rate = t.learning_rate;
  s.step_epochs = t.schedule_step_epochs;
  s.gamma = t.schedule_gamma;
  s.period_epochs = t.schedule_period_epochs.value_or(t.epochs);
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
