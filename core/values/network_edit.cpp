#include "core/values/network_edit.h"

#include <algorithm>
#include <iterator>

namespace paralif {
namespace {

using Layers = std::vector<LayerDescription>;

auto place(Layers& layers, std::size_t at) {
  return layers.begin() + static_cast<std::ptrdiff_t>(std::min(at, layers.size()));
}

bool has_id(const NetworkDescription& network, const std::string& id) {
  return std::ranges::find(network.layers, id, &LayerDescription::id) != network.layers.end();
}

bool alike(const LayerDescription& a, const LayerDescription& b) {
  return a.kind == b.kind && a.values == b.values;
}

/// Whether the `length` layers from `a` on are those from `b` on.
bool repeats(const Layers& layers, std::size_t a, std::size_t b, std::size_t length) {
  if (b + length > layers.size()) return false;
  for (std::size_t i = 0; i < length; ++i) {
    if (!alike(layers[a + i], layers[b + i])) return false;
  }
  return true;
}

}  // namespace

std::string fresh_id(const NetworkDescription& network, std::string_view kind) {
  const std::string letter(1, kind.empty() ? 'l' : kind.front());
  for (std::size_t number = 1;; ++number) {
    std::string id = letter + std::to_string(number);
    if (!has_id(network, id)) return id;
  }
}

NetworkDescription with_layer(NetworkDescription network, std::size_t at, std::string_view kind) {
  LayerDescription layer{fresh_id(network, kind), std::string(kind), {}};
  network.layers.insert(place(network.layers, at), std::move(layer));
  return network;
}

NetworkDescription without_layers(NetworkDescription network, std::size_t first,
                                  std::size_t count) {
  network.layers.erase(place(network.layers, first), place(network.layers, first + count));
  return network;
}

NetworkDescription with_copy(NetworkDescription network, std::size_t first, std::size_t count) {
  const Layers copied(place(network.layers, first), place(network.layers, first + count));
  for (std::size_t i = 0; i < copied.size(); ++i) {
    LayerDescription layer = copied[i];
    layer.id = fresh_id(network, layer.kind);
    network.layers.insert(place(network.layers, first + count + i), std::move(layer));
  }
  return network;
}

NetworkDescription with_moved(NetworkDescription network, std::size_t first, std::size_t count,
                              std::size_t to) {
  auto& layers = network.layers;
  if (to < first) {
    std::rotate(place(layers, to), place(layers, first), place(layers, first + count));
  } else if (to > first + count) {
    std::rotate(place(layers, first), place(layers, first + count), place(layers, to));
  }
  return network;
}

std::vector<RepeatedStage> repeated_stages(const NetworkDescription& network) {
  const Layers& layers = network.layers;
  std::vector<RepeatedStage> stages;
  for (std::size_t first = 0; first < layers.size();) {
    RepeatedStage best{first, 1, 1};
    for (std::size_t length = 2; first + 2 * length <= layers.size(); ++length) {
      std::size_t count = 1;
      while (repeats(layers, first, first + count * length, length)) ++count;
      if (count > 1 && length * count > best.layers()) best = {first, length, count};
    }
    stages.push_back(best);
    first += best.layers();
  }
  return stages;
}

NetworkDescription with_repeats(NetworkDescription network, const RepeatedStage& stage,
                                std::size_t count) {
  count = std::max<std::size_t>(1, count);
  if (count < stage.count) {
    const std::size_t fewer = (stage.count - count) * stage.length;
    return without_layers(std::move(network), stage.first + stage.layers() - fewer, fewer);
  }
  for (std::size_t copies = stage.count; copies < count; ++copies) {
    const std::size_t last = stage.first + (copies - 1) * stage.length;
    network = with_copy(std::move(network), last, stage.length);
  }
  return network;
}

}  // namespace paralif
