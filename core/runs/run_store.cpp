#include "core/runs/run_store.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "core/experiments/experiment_file.h"
#include "core/runs/new_run.h"
#include "core/runs/run_files.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_marks.h"
#include "datasets/error.h"
#include "datasets/readers/readable.h"
#include "datasets/text.h"
#include "datasets/user_folders.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

RunSummary damaged(const fs::path& folder, const std::exception& error) {
  RunSummary run;
  run.folder = folder;
  run.title = as_utf8(folder.filename().string());
  run.status = RunStatus::damaged;
  run.problem = problem_in_folder(error);
  return run;
}

/// Every file that makes a folder a run must be there, as a file.
void require_run(const fs::path& folder) {
  std::error_code code;
  if (!fs::is_directory(folder, code)) {
    throw Error(Error::Kind::file, folder.string(), "there is no such folder");
  }
  if (!has_file_of_run(folder)) {
    throw Error(Error::Kind::file, folder.string(), "is not the folder of a run",
                "choose one that holds run.json and experiment.json");
  }
  require_readable_file(folder / run_files::head);
  require_readable_file(folder / run_files::experiment);
}

}  // namespace

fs::path default_runs_root() {
  const char* own = std::getenv("PARALIF_RUNS");
  if (own != nullptr && *own != '\0') return own;
  return user_folder(UserFolder::data, "--dir or PARALIF_RUNS") / "runs";
}

bool has_file_of_run(const fs::path& folder) {
  for (const char* name : {run_files::experiment, run_files::head, run_files::metrics}) {
    std::error_code code;
    const fs::file_status status = fs::symlink_status(folder / name, code);
    if (status.type() == fs::file_type::not_found || code == std::errc::not_a_directory) continue;
    return true;
  }
  return false;
}

std::string problem_in_folder(const std::exception& error) {
  const auto* known = dynamic_cast<const Error*>(&error);
  return printable(known == nullptr
                       ? std::string(error.what())
                       : fs::path(known->subject()).filename().string() + ": " + known->problem());
}

bool is_run_folder(const fs::path& folder) {
  std::error_code code;
  return fs::is_regular_file(folder / run_files::experiment, code) &&
         fs::is_regular_file(folder / run_files::head, code);
}

RunSummary read_summary(const fs::path& folder) {
  require_run(folder);
  const run_files::Head head = run_files::read_head(folder);
  RunSummary run;
  run.folder = folder;
  run.experiment = load_experiment(folder / run_files::experiment);
  const std::string named = readable_marks(folder).title;
  run.title = named.empty() ? run.experiment.title : named;
  run.status = head.status;
  run.started_at = head.started_at;
  run.started = local_time_text(head.started_at);
  run.epochs_done = head.epochs_done;
  run.best_validation_accuracy = head.best_validation_accuracy;
  run.best_test_accuracy = head.best_test_accuracy;
  // What these versions called the test was the part held out.
  if (run.best_test_accuracy && run.experiment.dataset.validation > 0) {
    run.best_validation_accuracy = std::exchange(run.best_test_accuracy, std::nullopt);
  }
  run.last_test_accuracy = head.last_test_accuracy;
  run.train_seconds = head.train_seconds;
  run.parameters = head.parameters;
  const bool held = RunLock::is_held(folder);
  if (run.status == RunStatus::running && !held) run.status = RunStatus::interrupted;
  run.resumable = !held && run.epochs_done < run.experiment.training.epochs &&
                  (run_files::is_untrained(folder) || !run_files::checkpoint_of(folder).empty());
  return run;
}

std::vector<RunSummary> list_runs(const fs::path& root) {
  std::vector<RunSummary> runs;
  std::error_code code;
  for (fs::directory_iterator at(root, code), end; !code && at != end; at.increment(code)) {
    const fs::path& folder = at->path();
    if (folder.filename().string().starts_with('.') || !has_file_of_run(folder)) continue;
    try {
      runs.push_back(read_summary(folder));
    } catch (const std::exception& error) {
      runs.push_back(damaged(folder, error));
    }
  }
  std::ranges::sort(runs, [](const RunSummary& a, const RunSummary& b) {
    return std::tie(b.started_at, b.folder) < std::tie(a.started_at, a.folder);
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
  run_files::Metrics metrics;
  std::error_code code;
  // A run that was ended before its first flush has no history yet.
  if (record.summary.epochs_done > 0 || fs::exists(folder / run_files::metrics, code)) {
    metrics = run_files::read_metrics(folder);
  }
  record.batches = std::move(metrics.batches);
  record.epochs = std::move(metrics.epochs);
  if (epoch > 0) record.records = run_files::read_epoch(folder, epoch);
  return record;
}

}  // namespace paralif
