#include "core/networks/dense_network.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/kernels/cpu/neuron_models.h"
#include "datasets/error.h"

namespace paralif {
namespace {

ParameterValue value_of(const std::vector<double>& tau_s) {
  if (tau_s.empty()) return std::monostate{};
  return tau_s.front();
}

std::string model_of(const DenseNetworkSettings& settings) {
  if (is_neuron_of(settings.model, NeuronFamily::stepped)) return settings.model;
  const NeuronSettings& s = settings.neuron;
  return s.model == NeuronModel::lif ? "LIF" : fmt::format("ParaLIF-{}", to_string(s.mode));
}

LayerDescription neurons_of(const DenseNetworkSettings& settings, std::size_t layer) {
  const NeuronSettings& s = settings.neuron;
  const bool readout = layer == settings.hidden.size();
  const LayerSettings own = layer < settings.layers.size()
                                ? settings.layers[layer]
                                : LayerSettings{s.tau_mem_s, s.tau_syn_s, s.recurrent};
  const bool recurrent = own.recurrent && !readout;
  LayerDescription description{fmt::format("{}", 2 * layer + 1),
                               recurrent ? "recurrent_neuron" : "neuron",
                               {}};
  auto& v = description.values;
  if (!settings.spiking) {
    v["model"] = std::string("ReLU");
    return description;
  }
  v["model"] = model_of(settings);
  if (!s.threshold.empty()) v["threshold"] = s.threshold.front();
  v["learn_threshold"] = s.learn_threshold;
  v["tau_mem"] = value_of(own.tau_mem_s);
  v["tau_syn"] = value_of(own.tau_syn_s);
  v["learn_tau"] = s.learn_tau;
  v["time_step"] = s.time_step_s;
  v["fire"] = !readout;
  v["surrogate"] = std::string(s.surrogate == Surrogate::atan ? "atan" : "fastsig");
  if (s.surrogate_scale) v["surrogate_scale"] = *s.surrogate_scale;
  if (is_neuron_of(settings.model, NeuronFamily::stepped)) {
    if (settings.learn_decay_per_neuron) v["share"] = std::string("neuron");
    return description;
  }
  v["tau_per_neuron"] = settings.learn_decay_per_neuron;
  v["tau_init"] = std::string(s.decay_init == DecayInit::reference ? "reference" : "logit");
  v["refractory"] = s.refractory_s;
  if (recurrent) v["feed_spikes"] = s.recurrent_fire;
  return description;
}

}  // namespace

NetworkDescription dense_network(const DenseNetworkSettings& settings) {
  if (settings.hidden.empty()) {
    throw Error(Error::Kind::setting, "hidden", "there is no hidden layer; give at least one size");
  }
  NetworkDescription network;
  const auto add = [&](std::size_t layer, std::int64_t units) {
    network.layers.push_back({fmt::format("{}", 2 * layer),
                              "linear",
                              {{"units", units}, {"initialisation", std::string("published")}}});
    const bool readout = layer == settings.hidden.size();
    if (settings.spiking || !readout) network.layers.push_back(neurons_of(settings, layer));
    const std::int64_t delay = layer < settings.delay_max.size() && !readout && settings.spiking
                                   ? settings.delay_max[layer]
                                   : 0;
    if (delay < 1) return;
    network.layers.push_back(
        {fmt::format("delay{}", layer),
         "fixed_delay",
         {{"longest", delay}, {"distribution", settings.delay_distribution}}});
  };
  for (std::size_t i = 0; i < settings.hidden.size(); ++i) add(i, settings.hidden[i]);
  add(settings.hidden.size(), settings.classes);
  return network;
}

}  // namespace paralif
