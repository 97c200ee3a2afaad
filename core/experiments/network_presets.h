// Published networks by name, and networks from files.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/values/network_description.h"

namespace paralif {

struct NetworkPreset {
  std::string_view name;     ///< "plif-net-nmnist"
  std::string_view title;    ///< for people
  std::string_view dataset;  ///< that its first and last layer fit, at its published settings
  /// The network with another model of neurons, each with the published settings for its kind;
  /// empty: its own.
  std::function<NetworkDescription(const std::string& model)> with;

  /// Throws Error(setting) for a model that layers of neurons do not know.
  [[nodiscard]] NetworkDescription make(const std::string& model = {}) const;
};

/// Each published network, and a small variant of it to try on two cores ("...-small").
std::span<const NetworkPreset> network_presets();

/// The name of the preset that this is, "plif-net-nmnist:PLIF" with other neurons than its own;
/// empty: none.
std::string_view preset_name_of(const NetworkDescription& network);

struct Experiment;
/// What is trained, in a word or two: the neuron of a dense network, the name of a published
/// network, or "9 layers".
std::string network_title(const Experiment& experiment);

/// From what a user gives: "" or "dense" (no layers), a preset's name, alone or as
/// "NAME:MODEL" with other neurons, a JSON list of layers, or the path of a file that holds such a list, {"layers": [...]} or an experiment with one. Throws
/// Error(setting) that lists the presets, and Error(file).
NetworkDescription network_named(const std::string& text);

}  // namespace paralif
