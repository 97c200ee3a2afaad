// A network as a list of layers with stable ids: plain values, as in an experiment file.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "core/layers/layer_description.h"
#include "core/values/signal_shape.h"

namespace paralif {

struct NetworkDescription {
  std::vector<LayerDescription> layers;

  bool operator==(const NetworkDescription&) const = default;
};

/// The shape after every layer. Throws Error(setting) whose subject is the layer's id (or
/// "<id>.<key>"), such as: layer 4, conv2d "c2": expects 128 channels, gets 64.
std::vector<SignalShape> infer_shapes(const NetworkDescription& network, const SignalShape& input);

/// As in a file: [{"id": "c1", "kind": "conv2d", "channels": 32}, ...]; null is absent.
nlohmann::ordered_json to_json(const NetworkDescription& network);
/// Throws Error(file) that names `origin` and the layer. Values are checked by infer_shapes.
NetworkDescription network_from_json(const nlohmann::json& json, const std::string& origin);

}  // namespace paralif
