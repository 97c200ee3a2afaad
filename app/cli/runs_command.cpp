// `paralif runs` and `paralif presets`: what has been recorded, and what to begin from.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "core/experiments/experiment_file.h"
#include "core/experiments/network_presets.h"
#include "core/experiments/presets.h"
#include "core/runs/run_store.h"
#include "datasets/readers/readable.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string percent(const RunSummary& run, double share) {
  return run.epochs_done > 0 ? fmt::format("{:.1f} %", 100.0 * share) : "-";
}

Json or_null(const std::optional<double>& value) {
  return value ? Json(*value) : Json();
}

/// Chosen by validation, or by the test in runs of earlier versions.
std::string best_of(const RunSummary& run) {
  if (run.best_validation_accuracy) return percent(run, *run.best_validation_accuracy) + " v";
  if (run.best_test_accuracy) return percent(run, *run.best_test_accuracy) + " t";
  return "-";
}

Json json_of(const RunSummary& run) {
  Json json{{"folder", run.folder.string()}, {"title", run.title}, {"status", run.status}};
  if (!run.problem.empty()) {
    json["problem"] = run.problem;
    json["resumable"] = false;
    return json;
  }
  json.update(Json{{"started", run.started},
                   {"neuron", network_title(run.experiment)},
                   {"epochs_done", run.epochs_done},
                   {"epochs", run.experiment.training.epochs},
                   {"best_validation_accuracy", or_null(run.best_validation_accuracy)},
                   {"best_test_accuracy", or_null(run.best_test_accuracy)},
                   {"last_test_accuracy", run.last_test_accuracy},
                   {"train_seconds", run.train_seconds},
                   {"resumable", run.resumable}});
  return json;
}

void print_row(const RunSummary& run) {
  const bool damaged = !run.problem.empty();
  fmt::print("{:<19}  {:<11}  {:>9}  {:>9}  {:>7}  {:<28}  {}\n", damaged ? "-" : run.started,
             run.status,
             damaged ? "-"
                     : fmt::format("{}/{}", run.epochs_done, run.experiment.training.epochs),
             damaged ? "-" : best_of(run), percent(run, run.last_test_accuracy),
             printable(run.title), printable(run.folder.string()));
  if (damaged) fmt::print("  damaged: {}\n", printable(run.problem));
}

int list(const std::string& root, bool as_json) {
  const std::filesystem::path folder =
      root.empty() ? default_runs_root() : std::filesystem::path(root);
  std::error_code code;
  if (!root.empty() || std::filesystem::exists(folder, code) || code) require_folder(folder);
  const auto runs = list_runs(folder);
  if (as_json) {
    Json all = Json::array();
    for (const RunSummary& run : runs) all.push_back(json_of(run));
    fmt::print("{}\n", all.dump(2, ' ', false, Json::error_handler_t::replace));
    return success;
  }
  if (runs.empty()) {
    fmt::print("No runs in {}.\n", printable(folder.string()));
    return success;
  }
  fmt::print("{:<19}  {:<11}  {:>9}  {:>9}  {:>7}  {:<28}  {}\n", "started", "status", "epochs",
             "best", "test", "title", "folder");
  for (const RunSummary& run : runs) print_row(run);
  return success;
}

int show_presets(bool as_json) {
  Json all = Json::array();
  for (const Preset& preset : presets()) {
    if (as_json) {
      all.push_back({{"id", preset.id},
                     {"group", preset.group},
                     {"title", preset.title},
                     {"description", preset.description},
                     {"experiment", Json::parse(to_json(preset.experiment))}});
    } else {
      fmt::print("{:<28}  {}\n", preset.id, preset.description);
    }
  }
  if (as_json) fmt::print("{}\n", all.dump(2, ' ', false, Json::error_handler_t::replace));
  return success;
}

}  // namespace

void add_runs(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("runs", "List the recorded runs, newest first.");
  auto root = std::make_shared<std::string>();
  auto as_json = std::make_shared<bool>(false);
  command->add_option("--dir", *root, "Folder that holds the runs");
  command->add_flag("--json", *as_json, "Print them as JSON");
  command->callback(
      [&action, root, as_json] { action = [root, as_json] { return list(*root, *as_json); }; });
}

void add_presets(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("presets", "List the experiments to begin from.");
  auto as_json = std::make_shared<bool>(false);
  command->add_flag("--json", *as_json, "Print them whole, as JSON");
  command->callback([&action, as_json] { action = [as_json] { return show_presets(*as_json); }; });
}

}  // namespace paralif::cli
