#include "core/session/run_store.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "core/experiments/experiment_file.h"
#include "core/session/run_files.h"
#include "core/session/run_lock.h"
#include "datasets/error.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

fs::path from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? fs::path() : fs::path(value);
}

}  // namespace

fs::path default_runs_root() {
  if (fs::path own = from_environment("PARALIF_RUNS"); !own.empty()) return own;
  fs::path data = from_environment("XDG_DATA_HOME");
  if (!data.is_absolute()) data = from_environment("HOME") / ".local" / "share";
  return data / "paralif" / "runs";
}

bool is_run_folder(const fs::path& folder) {
  std::error_code code;
  return fs::is_regular_file(folder / run_files::experiment, code) &&
         fs::is_regular_file(folder / run_files::head, code);
}

RunSummary read_summary(const fs::path& folder) {
  std::error_code code;
  if (!fs::is_directory(folder, code)) {
    throw Error(Error::Kind::file, folder.string(), "there is no such folder");
  }
  if (!is_run_folder(folder)) {
    throw Error(Error::Kind::file, folder.string(), "is not the folder of a run",
                "choose one that holds run.json and experiment.json");
  }
  const run_files::Head head = run_files::read_head(folder);
  RunSummary run;
  run.folder = folder;
  run.experiment = load_experiment(folder / run_files::experiment);
  run.title = run.experiment.title;
  run.status = head.status;
  run.started = head.started;
  run.epochs_done = head.epochs_done;
  run.best_validation_accuracy = head.best_validation_accuracy;
  run.best_test_accuracy = head.best_test_accuracy;
  // What these versions called the test was the part held out.
  if (run.best_test_accuracy && run.experiment.dataset.validation > 0) {
    run.best_validation_accuracy = std::exchange(run.best_test_accuracy, std::nullopt);
  }
  run.last_test_accuracy = head.last_test_accuracy;
  run.train_seconds = head.train_seconds;
  const bool held = RunLock::is_held(folder);
  if (run.status == "running" && !held) run.status = "interrupted";
  run.resumable = !held && run.epochs_done < run.experiment.training.epochs &&
                  fs::is_regular_file(folder / run_files::checkpoint, code);
  return run;
}

std::vector<RunSummary> list_runs(const fs::path& root) {
  std::vector<RunSummary> runs;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(root, code)) {
    if (!is_run_folder(entry.path())) continue;
    try {
      runs.push_back(read_summary(entry.path()));
    } catch (const Error&) {
      continue;
    }
  }
  std::ranges::sort(runs, [](const RunSummary& a, const RunSummary& b) {
    return std::tie(b.started, b.folder) < std::tie(a.started, a.folder);
  });
  return runs;
}

RunRecord read_run(const fs::path& folder) {
  const auto recorded = recorded_epochs(folder);
  return read_run_at(folder, recorded.empty() ? 0 : recorded.back());
}

std::vector<std::int64_t> recorded_epochs(const fs::path& folder) {
  return run_files::list_epochs(folder);
}

RunRecord read_run_at(const fs::path& folder, std::int64_t epoch) {
  RunRecord record;
  record.summary = read_summary(folder);
  run_files::Metrics metrics = run_files::read_metrics(folder);
  record.batches = std::move(metrics.batches);
  record.epochs = std::move(metrics.epochs);
  if (epoch > 0) {
    run_files::EpochRecord of_epoch = run_files::read_epoch(folder, epoch);
    record.probe = std::move(of_epoch.probe);
    record.confusion = std::move(of_epoch.confusion);
    record.decision_map = std::move(of_epoch.decision_map);
  }
  return record;
}

}  // namespace paralif
