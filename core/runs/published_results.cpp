#include "core/runs/published_results.h"

#include <map>
#include <nlohmann/json.hpp>

namespace paralif {
namespace {

using Json = nlohmann::ordered_json;

/// Sum of the mean losses of an epoch's batches over the number of samples, by epoch.
std::map<std::int64_t, double> losses_of(const PublishedFacts& facts,
                                         const run_files::Metrics& metrics) {
  std::map<std::int64_t, double> losses;
  const auto samples = static_cast<double>(std::max<std::int64_t>(1, facts.train_samples));
  for (const BatchMetrics& batch : metrics.batches) losses[batch.epoch] += batch.loss / samples;
  return losses;
}

template <typename Member>
Json column(const run_files::Metrics& metrics, Member member) {
  Json all = Json::array();
  for (const EpochMetrics& epoch : metrics.epochs) all.push_back(epoch.*member);
  return all;
}

Json validation(const run_files::Metrics& metrics, std::optional<double> EpochMetrics::*member) {
  Json all = Json::array();
  for (const EpochMetrics& epoch : metrics.epochs) {
    all.push_back(epoch.*member ? Json(*(epoch.*member)) : Json());
  }
  return all;
}

}  // namespace

std::string published_results(const Experiment& experiment, const PublishedFacts& facts,
                              const run_files::Metrics& metrics) {
  Json json{{"loss_hist", Json::array()}};
  const auto losses = losses_of(facts, metrics);
  double seconds = 0.0;
  bool validated = false;
  for (const EpochMetrics& epoch : metrics.epochs) {
    const auto loss = losses.find(epoch.epoch);
    json["loss_hist"].push_back(loss == losses.end() ? Json() : Json(loss->second));
    seconds += epoch.train_seconds;
    validated = validated || epoch.validation_accuracy.has_value();
  }
  const bool any = !metrics.epochs.empty();
  json["train_accuracies"] = column(metrics, &EpochMetrics::train_accuracy);
  json["train_duration"] = any ? Json(seconds / static_cast<double>(metrics.epochs.size())) : Json();
  json["test_accuracies"] = Json::array();
  json["nb_spikes"] = Json::array();
  json["test_duration"] = nullptr;
  if (any && metrics.epochs.back().epoch >= experiment.training.epochs) {
    const EpochMetrics& last = metrics.epochs.back();
    json["test_accuracies"].push_back(last.test_accuracy);
    json["nb_spikes"].push_back(Json::array({last.layer_step_spikes, last.feedback_step_spikes}));
    json["test_duration"] = last.test_seconds;
  }
  json["PARAMS"] = Json::parse(published_parameters(experiment, facts));
  Json& own = json["epochs"];
  own["epoch"] = column(metrics, &EpochMetrics::epoch);
  own["learning_rate"] = column(metrics, &EpochMetrics::learning_rate);
  own["train_loss"] = column(metrics, &EpochMetrics::train_loss);
  own["train_seconds"] = column(metrics, &EpochMetrics::train_seconds);
  if (validated) {
    own["validation_loss"] = validation(metrics, &EpochMetrics::validation_loss);
    own["validation_accuracy"] = validation(metrics, &EpochMetrics::validation_accuracy);
  }
  own["test_loss"] = column(metrics, &EpochMetrics::test_loss);
  own["test_accuracy"] = column(metrics, &EpochMetrics::test_accuracy);
  own["test_seconds"] = column(metrics, &EpochMetrics::test_seconds);
  own["spikes_per_sample"] = column(metrics, &EpochMetrics::layer_spikes);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace paralif
