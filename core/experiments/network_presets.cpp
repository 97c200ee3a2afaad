#include "core/experiments/network_presets.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/experiments/fields.h"
#include "core/experiments/published_networks.h"
#include "core/values/json_document.h"
#include "datasets/error.h"

namespace paralif {
namespace {

/// Best published settings: ParaLIF-T without a synaptic filter, membrane decay learned from 0.5.
NetworkNeuron plif_neuron() {
  NetworkNeuron n;
  n.model = "ParaLIF-T";
  n.tau_mem_s = 0.0;
  n.learn_tau = true;
  n.tau_init = "reference";
  return n;
}

NetworkDescription plif(std::int64_t side, std::int64_t stages, std::int64_t channels,
                        std::int64_t classes) {
  PlifNet net;
  net.side = side;
  net.stages = stages;
  net.channels = channels;
  net.classes = classes;
  net.neuron = plif_neuron();
  return plif_net(net);
}

NetworkDescription sequential(std::int64_t channels, std::int64_t convolutions,
                              std::int64_t hidden) {
  SequentialCifar10 net;
  net.channels = channels;
  net.convolutions = convolutions;
  net.hidden = hidden;
  net.neuron.model = "ParaLIF-GS";
  net.neuron.tau_mem_s = 5e-5;
  net.neuron.tau_syn_s = 1e-3;
  return sequential_cifar10(net);
}

NetworkDescription delays(std::int64_t classes, std::int64_t hidden, std::int64_t blocks) {
  DelayNet net;
  net.classes = classes;
  net.hidden = hidden;
  net.blocks = blocks;
  net.neuron.model = "ParaLIF-T";
  net.neuron.tau_mem_s = 3.2e-4;
  return delay_net(net);
}

const std::vector<NetworkPreset>& table() {
  constexpr std::int64_t gesture_classes = 10;  // "other" is left out
  static const std::vector<NetworkPreset> presets{
      {"plif-net-nmnist", "PLIF net for N-MNIST", "nmnist",
       [] { return plif(34, 2, 128, 10); }},
      {"plif-net-nmnist-small", "PLIF net for N-MNIST, small", "nmnist",
       [] { return plif(34, 2, 32, 10); }},
      {"plif-net-dvsgesture", "PLIF net for DVS Gesture", "dvsgesture",
       [] { return plif(128, 5, 128, gesture_classes); }},
      {"plif-net-dvsgesture-small", "PLIF net for DVS Gesture, small", "dvsgesture",
       [] { return plif(128, 5, 8, gesture_classes); }},
      {"sequential-cifar10", "Sequential CIFAR-10", "cifar10",
       [] { return sequential(128, 3, 256); }},
      {"sequential-cifar10-small", "Sequential CIFAR-10, small", "cifar10",
       [] { return sequential(16, 1, 64); }},
      {"delays-heidelberg", "Learned delays for Heidelberg digits", "heidelberg",
       [] { return delays(20, 256, 2); }},
      {"delays-heidelberg-small", "Learned delays for Heidelberg digits, small", "heidelberg",
       [] { return delays(20, 32, 1); }},
      {"delays-ntidigits", "Learned delays for N-TIDIGITS", "ntidigits",
       [] { return delays(11, 256, 2); }},
      {"delays-ntidigits-small", "Learned delays for N-TIDIGITS, small", "ntidigits",
       [] { return delays(11, 32, 1); }}};
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

std::span<const NetworkPreset> network_presets() { return table(); }

std::string_view preset_name_of(const NetworkDescription& network) {
  if (network.layers.empty()) return {};
  static const std::vector<NetworkDescription> made = [] {
    std::vector<NetworkDescription> all;
    for (const NetworkPreset& preset : table()) all.push_back(preset.make());
    return all;
  }();
  const auto at = std::ranges::find(made, network);
  return at == made.end() ? std::string_view()
                          : table()[static_cast<std::size_t>(at - made.begin())].name;
}

std::string network_title(const Experiment& experiment) {
  const NetworkDescription& network = experiment.network.layers;
  if (network.layers.empty()) return experiment.neuron.name;
  const std::string_view preset = preset_name_of(network);
  return preset.empty() ? fmt::format("{} layers", network.layers.size()) : std::string(preset);
}

NetworkDescription network_named(const std::string& text) {
  if (text.empty() || text == "dense") return {};
  const auto preset = std::ranges::find(table(), text, &NetworkPreset::name);
  if (preset != table().end()) return preset->make();
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
