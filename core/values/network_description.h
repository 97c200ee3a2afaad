// A network as a list of layers with stable ids: plain values, as in an experiment file.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/values/layer_description.h"

namespace paralif {

struct NetworkDescription {
  std::vector<LayerDescription> layers;

  bool operator==(const NetworkDescription&) const = default;
};

/// Of one network.
inline constexpr std::size_t most_network_layers = 1000;

/// As in a file: [{"id": "c1", "kind": "conv2d", "channels": 32}, ...]; null is absent.
nlohmann::ordered_json to_json(const NetworkDescription& network);
/// Throws Error(file) that names `origin` and the layer. Values are checked where the network is built.
NetworkDescription network_from_json(const nlohmann::json& json, const std::string& origin);

}  // namespace paralif
