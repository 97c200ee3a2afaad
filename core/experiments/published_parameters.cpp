#include "core/experiments/published_parameters.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/experiments/fields.h"
#include "core/values/parameter_json.h"

namespace paralif {

std::string published_parameters(const Experiment& experiment, const PublishedFacts& facts) {
  using Json = nlohmann::ordered_json;
  Json json;
  for (const Field& field : experiment_fields()) {
    json[std::string(field.flag)] = json_of(field.get(experiment));
  }
  // One size for all hidden layers, as the published script is given it, or one a layer.
  const auto& hidden = experiment.network.hidden;
  const bool equal = std::ranges::adjacent_find(hidden, std::not_equal_to<>()) == hidden.end();
  json["hidden_size"] = equal && !hidden.empty() ? Json(hidden.front()) : Json(hidden);
  json["nb_layers"] = hidden.size();
  if (experiment.dataset.name == "yinyang") json["window_size"] = experiment.dataset.steps;
  // 0 is none of these in the published script.
  json["reg_thr"] = experiment.training.reg_threshold.value_or(0.0);
  json["reg_thr_r"] = experiment.training.reg_threshold_recurrent.value_or(0.0);
  json["scheduler"] = false;  // parsed there and never read
  json["input_size"] = facts.inputs;
  json["nb_class"] = facts.classes;
  json["device"] = experiment.device;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace paralif
