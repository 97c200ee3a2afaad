#include "core/values/network_description.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/values/parameter_json.h"
#include "datasets/error.h"

namespace paralif {
namespace {

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
  if (json.size() > most_network_layers) refuse_file(fmt::format("has more than {} layers", most_network_layers));
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
