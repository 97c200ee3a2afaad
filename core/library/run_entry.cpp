#include "core/library/run_entry.h"

#include "core/experiments/fields.h"
#include "core/experiments/network_presets.h"
#include "core/runs/run_store.h"
#include "core/values/parameter_text.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

std::vector<std::string> settings_of(const Experiment& experiment) {
  std::vector<std::string> texts;
  for (const Field& field : experiment_fields()) {
    const bool shown = field.type != ParameterType::layers && field.applies(experiment);
    texts.push_back(shown ? parameter_text(field, experiment) : std::string());
  }
  return texts;
}

}  // namespace

RunEntry read_entry(const fs::path& folder, const std::string& sweep) {
  RunEntry entry;
  entry.folder = folder;
  entry.sweep = sweep;
  try {
    const RunSummary run = read_summary(folder);
    entry.title = run.title;
    entry.status = run.status;
    const Dataset* dataset = find_dataset(run.experiment.dataset.name);
    entry.dataset = dataset != nullptr ? dataset->title : run.experiment.dataset.name;
    entry.network = network_title(run.experiment);
    entry.started_at = run.started_at;
    entry.epochs_done = run.epochs_done;
    entry.epochs = run.experiment.training.epochs;
    entry.train_seconds = run.train_seconds;
    if (run.parameters) entry.parameters = static_cast<double>(*run.parameters);
    entry.resumable = run.resumable;
    if (run.epochs_done > 0) {
      entry.best_validation_accuracy = run.best_validation_accuracy;
      entry.best_test_accuracy = run.best_test_accuracy;
      entry.last_test_accuracy = run.last_test_accuracy;
    }
    entry.marks = readable_marks(folder);
    entry.settings = settings_of(run.experiment);
  } catch (const std::exception& error) {
    entry = RunEntry{.folder = folder,
                     .title = as_utf8(folder.filename().string()),
                     .status = RunStatus::damaged,
                     .problem = problem_in_folder(error),
                     .dataset = {},
                     .network = {},
                     .sweep = sweep,
                     .best_validation_accuracy = {},
                     .best_test_accuracy = {},
                     .last_test_accuracy = {},
                     .parameters = {},
                     .marks = readable_marks(folder),
                     .settings = std::vector<std::string>(experiment_fields().size())};
  }
  return entry;
}

}  // namespace paralif
