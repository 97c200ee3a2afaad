#include "core/networks/infer_shapes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "core/layers/layer_kind.h"
#include "datasets/error.h"

namespace paralif {
namespace {

bool is_id(const std::string& text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-';
  });
}

[[noreturn]] void refuse(const std::string& id, std::size_t index, const std::string& problem) {
  throw Error::shown_as(Error::Kind::setting, id, fmt::format("layer {}", index + 1), problem);
}

const LayerKind& checked_kind(const NetworkDescription& network, std::size_t index,
                              std::set<std::string>& ids) {
  const LayerDescription& layer = network.layers[index];
  if (!is_id(layer.id)) {
    refuse(layer.id, index,
           fmt::format("'{}' is no id; give letters, digits, '_' or '-'", layer.id));
  }
  if (!ids.insert(layer.id).second) {
    refuse(layer.id, index, fmt::format("the id '{}' is taken by an earlier layer", layer.id));
  }
  const LayerKind* kind = find_layer_kind(layer.kind);
  if (kind == nullptr) {
    refuse(layer.id, index, fmt::format("'{}' is no kind of layer", layer.kind));
  }
  return *kind;
}

}  // namespace

std::vector<SignalShape> infer_shapes(const NetworkDescription& network, const SignalShape& input) {
  if (network.layers.empty() || network.layers.size() > most_network_layers) {
    throw Error(Error::Kind::setting, "network",
                fmt::format("has {} layers; give 1 to {}", network.layers.size(), most_network_layers));
  }
  std::vector<SignalShape> shapes;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const LayerDescription& layer = network.layers[i];
    const LayerKind& kind = checked_kind(network, i, ids);
    const ShapeInference from{shapes.empty() ? input : shapes.back(), [&](const std::string& id) {
                                for (std::size_t k = 0; k < i; ++k) {
                                  if (network.layers[k].id == id) return shapes[k];
                                }
                                refuse(layer.id, i,
                                       fmt::format("no earlier layer has the id '{}'", id));
                              }};
    try {
      shapes.push_back(kind.output(layer, from));
    } catch (const Error& error) {
      if (error.subject() == layer.id || error.subject().starts_with(layer.id + ".")) {
        const std::string sentence = error.what();
        if (sentence.starts_with("layer ")) throw;
        const auto colon = sentence.find(": ");
        throw Error::shown_as(error.kind(), error.subject(),
                              fmt::format("layer {}, {}", i + 1, sentence.substr(0, colon)),
                              error.problem(), error.remedy());
      }
      throw;
    }
  }
  return shapes;
}

}  // namespace paralif
