#include "core/experiments/published_parameters.h"

#include <nlohmann/json.hpp>

#include "core/experiments/fields.h"

namespace paralif {

std::string published_parameters(const Experiment& experiment) {
  nlohmann::ordered_json json;
  for (const Field& field : experiment_fields()) {
    std::visit([&](const auto& value) { json[std::string(field.flag)] = value; },
               field.get(experiment));
  }
  // The published script takes one size for all hidden layers.
  const auto& hidden = experiment.network.hidden;
  json["hidden_size"] = hidden.empty() ? 0 : hidden.front();
  json["nb_layers"] = hidden.size();
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace paralif
