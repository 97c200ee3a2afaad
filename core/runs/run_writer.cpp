#include "core/runs/run_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <numeric>

#include "core/experiments/experiment_file.h"
#include "core/runs/event_file.h"
#include "core/runs/new_run.h"
#include "core/runs/published_results.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view event_prefix = "events.out.tfevents.";

bool has_events(const fs::path& folder) {
  std::error_code code;
  for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
    if (at->path().filename().string().starts_with(event_prefix)) return true;
  }
  return false;
}

}  // namespace

RunWriter::RunWriter(const fs::path& root, const Experiment& experiment) : experiment_(experiment) {
  head_ = new_head(RunStatus::running);
  run_files::remove_unfinished_runs(root);
  folder_ = make_run_folder(root, experiment, head_);
  lock_.emplace(folder_);
}

RunWriter::RunWriter(Existing, const fs::path& folder, const Experiment& experiment)
    : folder_(folder), experiment_(experiment) {
  run_files::require_own_files(folder_);
  lock_.emplace(folder_);
  run_files::remove_dead_parts(folder_);
  head_ = run_files::read_head(folder_);
  if (run_files::is_untrained(folder_)) {
    head_ = new_head(RunStatus::running);
  } else {
    metrics_ = run_files::read_metrics(folder_);
    if (has_events(folder_)) {
      event_epochs_ = metrics_.epochs.size();
      event_step_ = metrics_.batches.empty() ? 0 : metrics_.batches.back().step;
    }
  }
  for (const BatchMetrics& batch : metrics_.batches) loss_sums_[batch.epoch] += batch.loss;
  experiment_is_new_ = true;
}

Error RunWriter::removal() const {
  return {Error::Kind::file, folder_.string(),
          "the run's folder was removed or replaced while it was trained",
          "start again to record it anew"};
}

void RunWriter::require_folder() const {
  if (!in_place()) throw removal();
}

void RunWriter::forget_after(std::int64_t step, std::int64_t epoch) {
  // Rare, as when a run goes on: the whole history comes back, and the next flush writes it anew.
  std::vector<BatchMetrics> all = written_batches();
  all.insert(all.end(), metrics_.batches.begin(), metrics_.batches.end());
  std::erase_if(all, [&](const BatchMetrics& b) { return b.step > step; });
  metrics_.batches = std::move(all);
  std::erase_if(metrics_.epochs, [&](const EpochMetrics& e) { return e.epoch >= epoch; });
  event_epochs_ = std::min(event_epochs_, metrics_.epochs.size());
  event_step_ = std::min(event_step_, step);
  written_until_ = -1;
  written_rows_ = 0;
  written_epochs_ = 0;
  loss_sums_.clear();
  for (const BatchMetrics& batch : metrics_.batches) loss_sums_[batch.epoch] += batch.loss;
}

void RunWriter::add(const BatchMetrics& batch) {
  metrics_.batches.push_back(batch);
  loss_sums_[batch.epoch] += batch.loss;
}

void RunWriter::add(const EpochMetrics& epoch) {
  metrics_.epochs.push_back(epoch);
}

void RunWriter::log(const std::string& line) {
  std::ofstream(folder_ / run_files::log, std::ios::app) << line << '\n';
}

void RunWriter::record(std::int64_t epoch, const Records& records) {
  require_folder();
  run_files::write_epoch(folder_, epoch, records);
}

std::vector<BatchMetrics> RunWriter::written_batches() {
  if (written_until_ < 0) return {};
  const fs::path file = folder_ / run_files::metrics;
  try {
    std::vector<BatchMetrics> written = run_files::read_metrics(folder_).batches;
    std::erase_if(written, [&](const BatchMetrics& b) { return b.step > written_until_; });
    return written;
  } catch (const Error& error) {
    // Another program holds the file or has changed it: it stays, under another name.
    const std::string kept = fmt::format("metrics-until-{}.h5", written_until_);
    std::error_code code;
    fs::rename(file, folder_ / kept, code);
    log(code ? fmt::format("The batches until step {} are lost: {}", written_until_, error.what())
             : fmt::format("The batches until step {} are in {}: {}", written_until_, kept,
                           error.what()));
    return {};
  }
}

bool RunWriter::append_metrics() {
  if (written_rows_ == 0) return false;
  try {
    run_files::append_metrics(folder_, metrics_, written_rows_, written_epochs_);
    return true;
  } catch (const std::exception&) {
    return false;  // not the file that was written last: the history is read, and written anew
  }
}

void RunWriter::append_events() {
  if (!experiment_.training.tensorboard || events_failed_) return;
  const auto now = static_cast<double>(std::time(nullptr));
  const bool begins = events_.empty();
  if (begins) events_ = folder_ / fmt::format("{}{:.0f}.paralif", event_prefix, now);
  EventFile events = begins ? EventFile(now) : EventFile();
  for (const BatchMetrics& batch : metrics_.batches) {
    if (batch.step <= event_step_) continue;
    events.add(batch, now);
    event_step_ = batch.step;
  }
  for (; event_epochs_ < metrics_.epochs.size(); ++event_epochs_) {
    events.add(metrics_.epochs[event_epochs_], now);
  }
  std::ofstream out(events_, std::ios::binary | std::ios::app);
  out.write(events.bytes().data(), static_cast<std::streamsize>(events.bytes().size()));
  out.close();
  if (out) return;
  events_failed_ = true;
  log(fmt::format("{}: cannot be written; the training goes on without events", events_.string()));
}

void RunWriter::write_metrics() {
  const auto added = static_cast<std::int64_t>(metrics_.batches.size());
  const std::int64_t last = metrics_.batches.empty() ? written_until_ : metrics_.batches.back().step;
  if (append_metrics()) {
    written_rows_ += added;
  } else {
    run_files::Metrics all = metrics_;
    all.batches = written_batches();
    all.batches.insert(all.batches.end(), metrics_.batches.begin(), metrics_.batches.end());
    run_files::write_metrics(folder_, all);
    written_rows_ = static_cast<std::int64_t>(all.batches.size());
  }
  written_until_ = last;
  written_epochs_ = metrics_.epochs.size();
  write_file(folder_ / run_files::results,
             published_results(experiment_, facts_, metrics_.epochs, loss_sums_));
  metrics_.batches = {};
}

void RunWriter::flush(RunStatus status, const WriteTo& write_checkpoint) {
  require_folder();
  head_.status = status;
  head_.epochs_done = static_cast<std::int64_t>(metrics_.epochs.size());
  head_.best_validation_accuracy.reset();
  head_.train_seconds = 0.0;
  for (const EpochMetrics& epoch : metrics_.epochs) {
    if (epoch.validation_accuracy) {
      head_.best_validation_accuracy =
          std::max(head_.best_validation_accuracy.value_or(0.0), *epoch.validation_accuracy);
    }
    head_.train_seconds += epoch.train_seconds + epoch.test_seconds;
  }
  head_.last_test_accuracy = metrics_.epochs.empty() ? 0.0 : metrics_.epochs.back().test_accuracy;
  append_events();
  write_metrics();
  if (write_checkpoint) {
    write_checkpoint(folder_ / run_files::checkpoint);
    std::error_code ignored;  // an older version's, superseded
    fs::remove(folder_ / "checkpoint.pt", ignored);
  }
  if (experiment_is_new_) save_experiment(experiment_, folder_ / run_files::experiment);
  experiment_is_new_ = false;
  run_files::write_head(folder_, head_);
}

}  // namespace paralif
