#include "core/experiments/experiment_migration.h"

#include <nlohmann/json.hpp>

namespace paralif {
namespace {

using Json = nlohmann::json;

void rename(Json& group, const char* before, const char* after) {
  const auto found = group.find(before);
  if (found == group.end()) return;
  group[after] = *found;
  group.erase(before);
}

void zero_to_absent(Json& experiment, const char* group, const char* name) {
  const auto members = experiment.find(group);
  if (members == experiment.end() || !members->is_object()) return;
  const auto value = members->find(name);
  if (value != members->end() && value->is_number() && value->get<double>() == 0.0) {
    *value = nullptr;
  }
}

void migrate_schedule(Json& experiment) {
  Json& training = experiment["training"];
  if (training.is_null()) training = Json::object();
  if (!training.is_object()) return;
  const auto scheduler = training.find("scheduler");
  if (scheduler == training.end()) {
    training["schedule"] = "none";
  } else if (scheduler->is_boolean()) {
    const bool on = scheduler->get<bool>();
    training.erase("scheduler");
    training["schedule"] = on ? "step" : "none";
  }
  rename(training, "scheduler_epochs", "schedule_step_epochs");
  rename(training, "scheduler_factor", "schedule_gamma");
}

void migrate_test_share(Json& experiment) {
  const auto dataset = experiment.find("dataset");
  if (dataset == experiment.end() || !dataset->is_object()) return;
  if (dataset->value("name", Json()) != "points") return;
  const auto share = dataset->find("validation");
  if (share == dataset->end()) return;
  if (share->is_number() && share->get<double>() > 0.0) (*dataset)["test_share"] = *share;
  dataset->erase("validation");
}

}  // namespace

void migrate_first_schema(Json& experiment) {
  zero_to_absent(experiment, "dataset", "bins");
  zero_to_absent(experiment, "dataset", "resize");
  for (const char* name : {"tau_mem", "tau_syn", "threshold", "surrogate_scale"}) {
    zero_to_absent(experiment, "neuron", name);
  }
  for (const char* name : {"reg_threshold", "reg_threshold_recurrent"}) {
    zero_to_absent(experiment, "training", name);
  }
  migrate_schedule(experiment);
  migrate_test_share(experiment);
}

}  // namespace paralif
