// Threads that take cell after cell.
#include "core/lab/search_job.h"

#include <algorithm>
#include <thread>

#include "core/lab/population.h"

namespace paralif::lab {

std::vector<SearchCell> all_search_cells() {
  std::vector<SearchCell> cells;
  for (const FeatureText& feature : feature_texts()) {
    for (const std::string& model : model_names()) {
      if (model != "Izhikevich") cells.push_back({model, feature.feature});
    }
  }
  return cells;
}

SearchJob::~SearchJob() {
  cancel();
}

void SearchJob::start(std::vector<SearchCell> cells, const SearchSettings& settings, int threads) {
  cancel();
  wait();
  cells_ = std::move(cells);
  settings_ = settings;
  results_.assign(cells_.size(), {});
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    results_[i].model = cells_[i].model;
    results_[i].feature = cells_[i].feature;
  }
  ending_ = false;
  next_ = 0;
  done_ = 0;
  error_ = nullptr;
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const auto wanted =
      static_cast<std::size_t>(threads > 0 ? static_cast<unsigned>(threads) : cores);
  const std::size_t used = std::min(wanted, std::max<std::size_t>(1, cells_.size()));
  job_.start([this, used](JobControl& control) { take_cells(used, control); });
}

void SearchJob::cancel() {
  ending_ = true;
  job_.cancel();
}

void SearchJob::wait() {
  job_.wait();
}

void SearchJob::take_cells(std::size_t threads, JobControl& control) {
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back([&] { work(control); });
    work(control);
  }
  if (error_) std::rethrow_exception(error_);
}

void SearchJob::work(JobControl& control) {
  try {
    for (std::size_t i = next_++; i < cells_.size() && !ending_; i = next_++) {
      const auto keep = [&](const CellResult& result) {
        const std::lock_guard lock(mutex_);
        results_[i] = result;
      };
      search_cell(cells_[i].model, cells_[i].feature, settings_, &ending_, keep);
      const std::lock_guard lock(mutex_);
      ++done_;
      control.progress(static_cast<double>(done_) / static_cast<double>(cells_.size()));
    }
  } catch (const SearchCancelled&) {
  } catch (...) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::current_exception();
    ending_ = true;
  }
}

SearchProgress SearchJob::progress() const {
  const JobReport report = job_.report();
  SearchProgress progress;
  progress.running = report.status == JobStatus::running;
  progress.seconds = report.seconds;
  if (report.error) {
    try {
      std::rethrow_exception(report.error);
    } catch (const std::exception& error) {
      progress.error = error.what();
    } catch (...) {
      progress.error = "an error of an unknown type";
    }
  }
  const std::lock_guard lock(mutex_);
  progress.cells = cells_.size();
  progress.cells_done = done_;
  for (const CellResult& result : results_) progress.neuron_steps += result.neuron_steps;
  progress.cancelled = ending_ && done_ < cells_.size();
  return progress;
}

std::vector<CellResult> SearchJob::results() const {
  const std::lock_guard lock(mutex_);
  return results_;
}

CellResult SearchJob::result(std::size_t cell) const {
  const std::lock_guard lock(mutex_);
  return results_.at(cell);
}

}  // namespace paralif::lab
