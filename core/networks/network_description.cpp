#include "core/networks/network_description.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <set>

#include "core/layers/layer_kind.h"
#include "datasets/error.h"

namespace paralif {
namespace {

constexpr std::size_t most_layers = 1000;

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

nlohmann::ordered_json json_of(const ParameterValue& value) {
  return std::visit(
      [](const auto& v) -> nlohmann::ordered_json {
        if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::monostate>) {
          return nullptr;
        } else {
          return v;
        }
      },
      value);
}

ParameterValue value_of(const nlohmann::json& json, const std::string& origin,
                        const std::string& where) {
  if (json.is_null()) return std::monostate{};
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_number()) return json.get<double>();
  if (json.is_string()) return json.get<std::string>();
  const bool numbers = json.is_array() && std::ranges::all_of(json, [](const nlohmann::json& v) {
                         return v.is_number();
                       });
  if (!numbers) {
    throw Error(Error::Kind::file, origin, where + " is neither a value nor a list of numbers",
                "mend the file");
  }
  const bool whole =
      std::ranges::all_of(json, [](const nlohmann::json& v) { return v.is_number_integer(); });
  if (whole) return json.get<std::vector<std::int64_t>>();
  return json.get<std::vector<double>>();
}

}  // namespace

std::vector<SignalShape> infer_shapes(const NetworkDescription& network, const SignalShape& input) {
  if (network.layers.empty() || network.layers.size() > most_layers) {
    throw Error(Error::Kind::setting, "network",
                fmt::format("has {} layers; give 1 to {}", network.layers.size(), most_layers));
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

nlohmann::ordered_json to_json(const NetworkDescription& network) {
  auto layers = nlohmann::ordered_json::array();
  for (const LayerDescription& layer : network.layers) {
    nlohmann::ordered_json json{{"id", layer.id}, {"kind", layer.kind}};
    for (const auto& [key, value] : layer.values) json[key] = json_of(value);
    layers.push_back(std::move(json));
  }
  return layers;
}

NetworkDescription network_from_json(const nlohmann::json& json, const std::string& origin) {
  const auto refuse_file = [&](const std::string& problem) {
    throw Error(Error::Kind::file, origin, problem, "mend the file");
  };
  if (!json.is_array()) refuse_file("'network' is no list of layers");
  if (json.size() > most_layers) refuse_file(fmt::format("has more than {} layers", most_layers));
  NetworkDescription network;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const auto& entry = json[i];
    const bool named = entry.is_object() && entry.contains("kind") && entry["kind"].is_string() &&
                       entry.contains("id") && entry["id"].is_string();
    if (!named) refuse_file(fmt::format("layer {} has no 'id' or no 'kind'", i + 1));
    LayerDescription layer{entry["id"].get<std::string>(), entry["kind"].get<std::string>(), {}};
    for (const auto& [key, value] : entry.items()) {
      if (key == "id" || key == "kind") continue;
      layer.values.emplace(key,
                           value_of(value, origin, fmt::format("'{}' of layer {}", key, i + 1)));
    }
    network.layers.push_back(std::move(layer));
  }
  return network;
}

}  // namespace paralif
