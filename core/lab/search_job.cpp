// Threads that take cell after cell.
#include "core/lab/search_job.h"

#include <algorithm>
#include <chrono>
#include <exception>

#include "core/lab/population.h"

namespace paralif::lab {
namespace {

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

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
  wait();
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
  cancelled_ = false;
  next_ = 0;
  done_ = 0;
  error_.clear();
  started_s_ = now_s();
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  const auto wanted =
      static_cast<std::size_t>(threads > 0 ? static_cast<unsigned>(threads) : cores);
  busy_ = std::min(wanted, std::max<std::size_t>(1, cells_.size()));
  for (std::size_t i = busy_; i > 0; --i) threads_.emplace_back(&SearchJob::work, this);
}

void SearchJob::cancel() {
  cancelled_ = true;
}

void SearchJob::wait() {
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void SearchJob::work() {
  try {
    for (std::size_t i = next_++; i < cells_.size() && !cancelled_; i = next_++) {
      const auto keep = [&](const CellResult& result) {
        const std::lock_guard lock(mutex_);
        results_[i] = result;
      };
      search_cell(cells_[i].model, cells_[i].feature, settings_, &cancelled_, keep);
      const std::lock_guard lock(mutex_);
      ++done_;
    }
  } catch (const SearchCancelled&) {
  } catch (const std::exception& error) {
    const std::lock_guard lock(mutex_);
    error_ = error.what();
    cancelled_ = true;
  }
  const std::lock_guard lock(mutex_);
  --busy_;
  ended_s_ = now_s();
}

SearchProgress SearchJob::progress() const {
  const std::lock_guard lock(mutex_);
  SearchProgress progress;
  progress.cells = cells_.size();
  progress.cells_done = done_;
  for (const CellResult& result : results_) progress.neuron_steps += result.neuron_steps;
  progress.running = busy_ > 0;
  progress.cancelled = cancelled_ && done_ < cells_.size();
  progress.seconds = cells_.empty() ? 0.0 : (busy_ > 0 ? now_s() : ended_s_) - started_s_;
  progress.error = error_;
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
