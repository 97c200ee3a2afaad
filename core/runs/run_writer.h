// Records a run in its folder while it goes on. Not for use by two threads at once.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/experiments/experiment.h"
#include "core/experiments/published_parameters.h"
#include "core/runs/run_files.h"
#include "core/runs/run_lock.h"
#include "datasets/error.h"

namespace paralif {

class RunWriter {
 public:
  /// Makes a new folder, named by time and title, under `root`. Throws Error(file).
  RunWriter(const std::filesystem::path& root, const Experiment& experiment);
  /// Goes on with an existing run, under an experiment that may have more epochs. Until the first
  /// flush the run stays as it was.
  struct Existing {};
  RunWriter(Existing, const std::filesystem::path& folder, const Experiment& experiment);

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  /// All epochs; of the batches those that no flush has written yet, so that a long training's
  /// memory does not grow with them.
  [[nodiscard]] const run_files::Metrics& metrics() const { return metrics_; }

  /// Forgets what lies after a place in the training: `step` optimiser steps, epoch in progress.
  void forget_after(std::int64_t step, std::int64_t epoch);

  /// What results.json says of the data; before the first flush.
  void set_facts(const PublishedFacts& facts) { facts_ = facts; }
  /// Of the network, for run.json; before the first flush.
  void set_parameters(std::int64_t count) { head_.parameters = count; }
  void add(const BatchMetrics& batch);
  void add(const EpochMetrics& epoch);
  void log(const std::string& line);
  void record(std::int64_t epoch, const Records& records);

  /// Whether the run's folder is still there; and the error that says that it is not.
  [[nodiscard]] bool in_place() const { return lock_->in_place(); }
  [[nodiscard]] Error removal() const;
  /// Throws removal() when the folder has been removed or replaced.
  void require_folder() const;

  /// Metrics, then the checkpoint by `write_checkpoint` (empty: none), so that the metrics are
  /// never behind it, then experiment and status.
  using WriteTo = std::function<void(const std::filesystem::path&)>;
  void flush(RunStatus status, const WriteTo& write_checkpoint);

 private:
  /// Of the file that the last flush wrote, up to the step that still counts.
  [[nodiscard]] std::vector<BatchMetrics> written_batches();
  /// Adds what is new to the file; false: the file must be written anew.
  bool append_metrics();
  void write_metrics();
  /// What is new to the event file; a failure is told once and stops no training.
  void append_events();

  std::filesystem::path folder_;
  Experiment experiment_;
  std::optional<RunLock> lock_;
  PublishedFacts facts_;
  run_files::Metrics metrics_;
  std::int64_t written_until_ = -1;  ///< optimiser step of the last batch in the file
  std::int64_t written_rows_ = 0;    ///< batches in the file; 0: the next flush writes it anew
  std::size_t written_epochs_ = 0;   ///< epochs in the file
  std::map<std::int64_t, double> loss_sums_;  ///< of the batches of each epoch
  std::filesystem::path events_;  ///< of this writer alone, so that a cut-off one is not gone on with
  std::int64_t event_step_ = 0;   ///< of the last batch that an event file has
  std::size_t event_epochs_ = 0;  ///< epochs that event files have
  bool events_failed_ = false;
  run_files::Head head_;
  bool experiment_is_new_ = false;  ///< not written yet
};

}  // namespace paralif
