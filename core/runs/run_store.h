// Runs on disk: one folder each, readable at any moment, even after a crash.
//
//   experiment.json       what was run
//   run.json              status, start, epochs, accuracies
//   metrics.h5            metrics of every batch and epoch
//   epochs/0001.h5        what the recorders saw of an epoch
//   results.json          the published form
//   checkpoint.h5         where to resume; checkpoint-best.h5: the best test accuracy
//   weights.h5            the final weights (save_model)
//   log.txt               what the session said
//   marks.json            what a person wrote about it: title, tags, note, favourite
//   lock                  held while a session writes here
#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/experiments/experiment.h"
#include "core/values/metrics.h"
#include "core/values/record.h"
#include "core/values/run_status.h"

namespace paralif {

struct RunSummary {
  std::filesystem::path folder;
  std::string title;  ///< of its marks or, without one, of its experiment
  RunStatus status = RunStatus::damaged;
  std::string problem;  ///< what is wrong with a damaged run, as a sentence; else empty
  std::int64_t started_at = 0;  ///< seconds since 1970, UTC
  std::string started;          ///< the same as local time, "2024-05-01 14:03:22"
  Experiment experiment;
  std::int64_t epochs_done = 0;
  std::optional<double> best_validation_accuracy;  ///< with a validation part only
  std::optional<double> best_test_accuracy;  ///< only in runs of versions that chose by the test
  double last_test_accuracy = 0.0;
  double train_seconds = 0.0;
  std::optional<std::int64_t> parameters;  ///< of the network; absent in runs of older versions
  bool resumable = false;
};

/// A run's contents read back.
struct RunRecord {
  RunSummary summary;
  std::vector<BatchMetrics> batches;
  std::vector<EpochMetrics> epochs;
  Records records;  ///< of the last recorded epoch
};

/// $PARALIF_RUNS, or $XDG_DATA_HOME/paralif/runs, or ~/.local/share/paralif/runs.
std::filesystem::path default_runs_root();

/// Every run under a root, newest first, and those that cannot be read as damaged ones with their
/// problem. Folders without any file of a run are left out.
std::vector<RunSummary> list_runs(const std::filesystem::path& root);

/// Whether anything of a run lies there, or whether that cannot be told.
bool has_file_of_run(const std::filesystem::path& folder);

/// What reading a run's folder threw, without the folder, which is named anyway: one line.
std::string problem_in_folder(const std::exception& error);

/// Whether a folder looks like a run.
bool is_run_folder(const std::filesystem::path& folder);

/// Throws Error(file) that names the file and what is wrong with it.
RunSummary read_summary(const std::filesystem::path& folder);
RunRecord read_run(const std::filesystem::path& folder);

/// Recorded epochs of a run, for a replay; and one of them.
std::vector<std::int64_t> recorded_epochs(const std::filesystem::path& folder);
RunRecord read_run_at(const std::filesystem::path& folder, std::int64_t epoch);

}  // namespace paralif
