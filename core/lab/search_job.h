// The search over many models and features as a job: start, watch, cancel.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <string>
#include <vector>

#include "core/lab/search.h"
#include "core/values/job.h"

namespace paralif::lab {

struct SearchCell {
  std::string model;
  Feature feature;
};

/// Every feature for every model but Izhikevich's: 20 x 13.
std::vector<SearchCell> all_search_cells();

/// What a watcher sees; a copy.
struct SearchProgress {
  std::size_t cells = 0;
  std::size_t cells_done = 0;
  std::int64_t neuron_steps = 0;
  double seconds = 0.0;
  bool running = false;
  bool cancelled = false;
  std::string error;  ///< what ended it early, if anything did

  /// Of 100 steps.
  [[nodiscard]] double neuron_runs() const { return static_cast<double>(neuron_steps) / 100.0; }
};

class SearchJob {
 public:
  SearchJob() = default;
  ~SearchJob();
  SearchJob(const SearchJob&) = delete;
  SearchJob& operator=(const SearchJob&) = delete;

  /// Ends a running job first. `threads` 0: one for each core.
  void start(std::vector<SearchCell> cells, const SearchSettings& settings, int threads = 0);
  /// Asks the job to end and returns at once; results so far stay.
  void cancel();
  void wait();

  [[nodiscard]] SearchProgress progress() const;
  /// Results of the cells that are done, in the order of the cells; unfinished ones are as far as
  /// they are.
  [[nodiscard]] std::vector<CellResult> results() const;
  /// One of them; grows while the job runs.
  [[nodiscard]] CellResult result(std::size_t cell) const;

 private:
  /// Takes cells on so many threads, this one among them, until none is left. Throws what the first
  /// one that failed threw.
  void take_cells(std::size_t threads, JobControl& control);
  /// Takes cell after cell on the calling thread.
  void work(JobControl& control);

  std::vector<SearchCell> cells_;
  SearchSettings settings_;
  std::vector<CellResult> results_;
  std::atomic<bool> ending_{false};  ///< cancelled, or a thread has failed
  std::atomic<std::size_t> next_{0};
  std::size_t done_ = 0;
  std::exception_ptr error_;
  mutable std::mutex mutex_;
  Job job_;  ///< last, so that it has ended before what it uses goes
};

}  // namespace paralif::lab
