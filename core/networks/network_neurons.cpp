#include "core/networks/network_neurons.h"

#include "core/layers/layer_kind.h"

namespace paralif {

NetworkDescription with_neurons(NetworkDescription network, const std::string& model) {
  for (LayerDescription& layer : network.layers) {
    const LayerKind* kind = find_layer_kind(layer.kind);
    if (kind == nullptr || !kind->defaults().contains("model")) continue;
    layer.values["model"] = model;
    std::erase_if(layer.values, [&](const auto& value) {
      return value.first != "model" && !kind->applies(layer, value.first);
    });
  }
  return network;
}

}  // namespace paralif
