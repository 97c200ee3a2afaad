#include "core/runs/published_results.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace paralif {
namespace {

using Json = nlohmann::ordered_json;

template <typename Member>
Json column(const std::vector<EpochMetrics>& epochs, Member member) {
  Json all = Json::array();
  for (const EpochMetrics& epoch : epochs) all.push_back(epoch.*member);
  return all;
}

Json validation(const std::vector<EpochMetrics>& epochs, std::optional<double> EpochMetrics::*member) {
  Json all = Json::array();
  for (const EpochMetrics& epoch : epochs) {
    all.push_back(epoch.*member ? Json(*(epoch.*member)) : Json());
  }
  return all;
}

}  // namespace

std::string published_results(const Experiment& experiment, const PublishedFacts& facts,
                              const std::vector<EpochMetrics>& epochs,
                              const std::map<std::int64_t, double>& loss_sums) {
  Json json{{"loss_hist", Json::array()}};
  const auto samples = static_cast<double>(std::max<std::int64_t>(1, facts.train_samples));
  double seconds = 0.0;
  bool validated = false;
  for (const EpochMetrics& epoch : epochs) {
    const auto sum = loss_sums.find(epoch.epoch);
    json["loss_hist"].push_back(sum == loss_sums.end() ? Json() : Json(sum->second / samples));
    seconds += epoch.train_seconds;
    validated = validated || epoch.validation_accuracy.has_value();
  }
  const bool any = !epochs.empty();
  json["train_accuracies"] = column(epochs, &EpochMetrics::train_accuracy);
  json["train_duration"] = any ? Json(seconds / static_cast<double>(epochs.size())) : Json();
  json["test_accuracies"] = Json::array();
  json["nb_spikes"] = Json::array();
  json["test_duration"] = nullptr;
  if (any && epochs.back().epoch >= experiment.training.epochs) {
    const EpochMetrics& last = epochs.back();
    json["test_accuracies"].push_back(last.test_accuracy);
    json["nb_spikes"].push_back(Json::array({last.layer_step_spikes, last.feedback_step_spikes}));
    json["test_duration"] = last.test_seconds;
  }
  json["PARAMS"] = Json::parse(published_parameters(experiment, facts));
  Json& own = json["epochs"];
  own["epoch"] = column(epochs, &EpochMetrics::epoch);
  own["learning_rate"] = column(epochs, &EpochMetrics::learning_rate);
  own["train_loss"] = column(epochs, &EpochMetrics::train_loss);
  own["train_seconds"] = column(epochs, &EpochMetrics::train_seconds);
  if (validated) {
    own["validation_loss"] = validation(epochs, &EpochMetrics::validation_loss);
    own["validation_accuracy"] = validation(epochs, &EpochMetrics::validation_accuracy);
  }
  own["test_loss"] = column(epochs, &EpochMetrics::test_loss);
  own["test_accuracy"] = column(epochs, &EpochMetrics::test_accuracy);
  own["test_seconds"] = column(epochs, &EpochMetrics::test_seconds);
  own["spikes_per_sample"] = column(epochs, &EpochMetrics::layer_spikes);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace paralif
