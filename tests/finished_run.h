// Runs on disk as a training leaves them, without one.
#pragma once

#include <filesystem>
#include <functional>

#include "core/experiments/experiment_file.h"
#include "core/runs/new_run.h"
#include "core/runs/run_files.h"

namespace paralif::testing {

/// The folder of a run that has trained all its epochs; without metrics.
inline void saveFinishedRun(const std::filesystem::path& folder, const Experiment& experiment,
                            double accuracy = 0.0, std::int64_t startedAt = 1'700'000'000) {
  std::filesystem::create_directories(folder / run_files::epochs);
  save_experiment(experiment, folder / run_files::experiment);
  run_files::Head head = new_head(RunStatus::finished);
  head.started_at = startedAt;
  head.epochs_done = experiment.training.epochs;
  head.last_test_accuracy = accuracy;
  head.train_seconds = 12.5;
  run_files::write_head(folder, head);
}

/// Its metrics: `epochs` of one batch each, to which `fill` gives their values.
inline void saveMetrics(const std::filesystem::path& folder, std::int64_t epochs,
                        const std::function<void(EpochMetrics&)>& fill = {}) {
  run_files::Metrics metrics;
  for (std::int64_t i = 1; i <= epochs; ++i) {
    metrics.batches.push_back({i, i, 1, 0.7, 0.5});
    EpochMetrics epoch;
    epoch.epoch = i;
    epoch.step = i;
    if (fill) fill(epoch);
    metrics.epochs.push_back(epoch);
  }
  run_files::write_metrics(folder, metrics);
}

}  // namespace paralif::testing
