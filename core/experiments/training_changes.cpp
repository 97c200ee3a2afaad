#include "core/experiments/training_changes.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/values/json_document.h"
#include "core/values/parameter_text.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace {

namespace fs = std::filesystem;

constexpr const char* file_name = "changes.json";

[[noreturn]] void refuse(const std::string& key, const std::string& problem,
                         const std::string& remedy) {
  throw Error(Error::Kind::setting, key, problem, remedy);
}

}  // namespace

void check_change(const TrainingChange& change, std::int64_t epoch) {
  const Field* field = find_field(change.key);
  if (field == nullptr || !field->live) {
    refuse(change.key, "cannot change while training", "stop, change it and start a new run");
  }
  if (const auto problem = value_problem(*field, change.value)) {
    refuse(change.key, *problem, "choose another value");
  }
  if (change.key == "training.epochs" && std::get<std::int64_t>(change.value) < epoch) {
    refuse(change.key, fmt::format("the training is in epoch {} already", epoch),
           fmt::format("choose {} or more", epoch));
  }
}

void apply_change(Experiment& experiment, const AppliedChange& change) {
  const Field* field = find_field(change.key);
  if (field != nullptr) field->set(experiment, parse_parameter(*field, change.value));
}

Experiment changed_experiment(Experiment experiment, const std::vector<AppliedChange>& changes) {
  for (const AppliedChange& change : changes) apply_change(experiment, change);
  return experiment;
}

void write_changes(const fs::path& folder, const std::vector<AppliedChange>& changes) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const AppliedChange& change : changes) {
    list.push_back({{"key", change.key},
                    {"value", change.value},
                    {"step", change.step},
                    {"epoch", change.epoch},
                    {"batch", change.batch}});
  }
  const nlohmann::ordered_json json{{"schema", 1}, {"changes", list}};
  write_file(folder / file_name, json.dump(2) + "\n");
}

std::vector<AppliedChange> read_changes(const fs::path& folder) {
  const fs::path path = folder / file_name;
  std::error_code code;
  if (!fs::exists(path, code)) return {};
  std::vector<AppliedChange> changes;
  try {
    const nlohmann::json json = read_json(path);
    for (const auto& item : json.at("changes")) {
      AppliedChange change;
      item.at("key").get_to(change.key);
      item.at("value").get_to(change.value);
      item.at("step").get_to(change.step);
      item.at("epoch").get_to(change.epoch);
      item.at("batch").get_to(change.batch);
      const Field* field = find_field(change.key);
      const bool good = field != nullptr && field->live && change.step >= 0 && change.epoch >= 1 &&
                        change.batch >= 0 &&
                        !value_problem(*field, parse_parameter(*field, change.value));
      if (!good) {
        throw Error(Error::Kind::file, path.string(),
                    fmt::format("holds a change of '{}' that is not possible", change.key),
                    "the file is damaged; without it the run goes on as it began");
      }
      changes.push_back(std::move(change));
    }
  } catch (const nlohmann::json::exception&) {
    throw Error(Error::Kind::file, path.string(), "is damaged",
                "without it the run goes on as it began");
  }
  return changes;
}

}  // namespace paralif
