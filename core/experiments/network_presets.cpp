#include "core/experiments/network_presets.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/experiments/fields.h"
#include "core/experiments/published_networks.h"
#include "core/kernels/cpu/neuron_models.h"
#include "core/values/json_document.h"
#include "datasets/error.h"

namespace paralif {
namespace {

/// Best published settings: ParaLIF-T without a synaptic filter, membrane decay learned from 0.5.
NetworkNeuron plif_neuron(const std::string& model) {
  NetworkNeuron n;
  n.model = model.empty() ? "ParaLIF-T" : model;
  n.tau_mem_s = 0.0;
  n.learn_tau = true;
  n.tau_init = "reference";
  return n;
}

NetworkDescription plif(std::int64_t side, std::int64_t stages, std::int64_t channels,
                        std::int64_t classes, const std::string& model) {
  PlifNet net;
  net.side = side;
  net.stages = stages;
  net.channels = channels;
  net.classes = classes;
  net.neuron = plif_neuron(model);
  return plif_net(net);
}

NetworkDescription sequential(std::int64_t channels, std::int64_t convolutions,
                              std::int64_t hidden, const std::string& model) {
  SequentialCifar10 net;
  net.channels = channels;
  net.convolutions = convolutions;
  net.hidden = hidden;
  net.neuron.model = model.empty() ? "ParaLIF-GS" : model;
  net.neuron.tau_mem_s = 5e-5;
  net.neuron.tau_syn_s = 1e-3;
  return sequential_cifar10(net);
}

NetworkDescription delays(std::int64_t classes, std::int64_t hidden, std::int64_t blocks,
                          const std::string& model) {
  DelayNet net;
  net.classes = classes;
  net.hidden = hidden;
  net.blocks = blocks;
  net.neuron.model = model.empty() ? "ParaLIF-T" : model;
  net.neuron.tau_mem_s = 3.2e-4;
  return delay_net(net);
}

const std::vector<NetworkPreset>& table() {
  constexpr std::int64_t gesture_classes = 10;  // "other" is left out
  static const std::vector<NetworkPreset> presets{
      {"plif-net-nmnist", "PLIF net for N-MNIST", "nmnist",
       [](const std::string& model) { return plif(34, 2, 128, 10, model); }},
      {"plif-net-nmnist-small", "PLIF net for N-MNIST, small", "nmnist",
       [](const std::string& model) { return plif(34, 2, 32, 10, model); }},
      {"plif-net-dvsgesture", "PLIF net for DVS Gesture", "dvsgesture",
       [](const std::string& model) { return plif(128, 5, 128, gesture_classes, model); }},
      {"plif-net-dvsgesture-small", "PLIF net for DVS Gesture, small", "dvsgesture",
       [](const std::string& model) { return plif(128, 5, 8, gesture_classes, model); }},
      {"sequential-cifar10", "Sequential CIFAR-10", "cifar10",
       [](const std::string& model) { return sequential(128, 3, 256, model); }},
      {"sequential-cifar10-small", "Sequential CIFAR-10, small", "cifar10",
       [](const std::string& model) { return sequential(16, 1, 64, model); }},
      {"delays-heidelberg", "Learned delays for Heidelberg digits", "heidelberg",
       [](const std::string& model) { return delays(20, 256, 2, model); }},
      {"delays-heidelberg-small", "Learned delays for Heidelberg digits, small", "heidelberg",
       [](const std::string& model) { return delays(20, 32, 1, model); }},
      {"delays-ntidigits", "Learned delays for N-TIDIGITS", "ntidigits",
       [](const std::string& model) { return delays(11, 256, 2, model); }},
      {"delays-ntidigits-small", "Learned delays for N-TIDIGITS, small", "ntidigits",
       [](const std::string& model) { return delays(11, 32, 1, model); }}};
  return presets;
}

NetworkDescription from_json(const nlohmann::json& json, const std::string& origin) {
  if (json.is_object() && json.contains("layers")) return network_from_json(json["layers"], origin);
  if (json.is_object() && json.contains("network") && json["network"].is_object()) {
    return from_json(json["network"], origin);
  }
  return network_from_json(json, origin);
}

}  // namespace

NetworkDescription NetworkPreset::make(const std::string& model) const {
  if (!model.empty()) {
    const auto models = neuron_model_names(&NeuronModelEntry::in_layers);
    if (std::ranges::find(models, model) == models.end()) {
      throw Error(Error::Kind::setting, "neuron", fmt::format("'{}' is unknown", model),
                  fmt::format("choose {}", fmt::join(models, ", ")));
    }
  }
  return with(model);
}

std::span<const NetworkPreset> network_presets() { return table(); }

std::string_view preset_name_of(const NetworkDescription& network) {
  if (network.layers.empty()) return {};
  // By the model of its first neurons: few are left to compare, for listings of many runs.
  using Named = std::vector<std::pair<std::string, NetworkDescription>>;
  static const auto model_of = [](const NetworkDescription& one) -> std::string {
    for (const LayerDescription& layer : one.layers) {
      const auto at = layer.values.find("model");
      if (at == layer.values.end()) continue;
      const auto* name = std::get_if<std::string>(&at->second);
      return name == nullptr ? std::string() : *name;
    }
    return {};
  };
  static const auto made = [] {
    std::map<std::string, Named> all;
    for (const NetworkPreset& preset : table()) {
      NetworkDescription own = preset.make();
      all[model_of(own)].emplace_back(preset.name, std::move(own));
      for (const std::string& model : neuron_model_names(&NeuronModelEntry::in_layers)) {
        all[model].emplace_back(fmt::format("{}:{}", preset.name, model), preset.make(model));
      }
    }
    return all;
  }();
  const auto of_model = made.find(model_of(network));
  if (of_model == made.end()) return {};
  const auto at = std::ranges::find(of_model->second, network, &Named::value_type::second);
  return at == of_model->second.end() ? std::string_view() : std::string_view(at->first);
}

std::string network_title(const Experiment& experiment) {
  const NetworkDescription& network = experiment.network.layers;
  if (network.layers.empty()) return experiment.neuron.name;
  const std::string_view preset = preset_name_of(network);
  return preset.empty() ? fmt::format("{} layers", network.layers.size()) : std::string(preset);
}

NetworkDescription network_named(const std::string& text) {
  if (text.empty() || text == "dense") return {};
  const std::size_t colon = text.find(':');
  const auto preset = std::ranges::find(table(), text.substr(0, colon), &NetworkPreset::name);
  if (preset != table().end()) {
    return preset->make(colon == std::string::npos ? std::string() : text.substr(colon + 1));
  }
  if (text.front() == '[') return network_from_json(parse_json(text, "network"), "network");
  std::error_code code;
  if (std::filesystem::exists(text, code)) return from_json(read_json(text), text);
  std::string names = "dense";
  for (const NetworkPreset& one : table()) names += fmt::format(", {}", one.name);
  throw Error(Error::Kind::setting, "network",
              fmt::format("'{}' is no published network and no file", text), "choose " + names);
}

std::string layers_text(const NetworkDescription& network) {
  return network.layers.empty() ? std::string() : to_json(network).dump();
}

NetworkDescription layers_from_text(const std::string& text) {
  if (text.empty()) return {};
  return network_from_json(parse_json(text, "network"), "network");
}

}  // namespace paralif
