#include "core/sweeps/sweep_pool.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <thread>

#include "core/runs/run_files.h"
#include "core/runs/run_lock.h"
#include "core/sweeps/child_process.h"
#include "datasets/error.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto turn = 100ms;
constexpr auto between_looks = 1s;     ///< at the folders of runs in training
constexpr auto patience_at_end = 10s;  ///< for a checkpoint, before a process is killed
constexpr double megabytes_of_a_training = 700.0;

bool is_done(const TrialState& state) {
  return state.status == RunStatus::finished || state.status == RunStatus::failed || state.status == RunStatus::damaged ||
         state.status == RunStatus::missing;
}

double free_megabytes() {
  std::ifstream file("/proc/meminfo");
  for (std::string name, unit; file >> name;) {
    double kilobytes = 0.0;
    file >> kilobytes;
    std::getline(file, unit);
    if (name == "MemAvailable:") return kilobytes / 1024.0;
  }
  return 0.0;  // not known: one at a time
}

}  // namespace

void mark_failed(const fs::path& folder) {
  try {
    const RunLock lock(folder);
    run_files::Head head = run_files::read_head(folder);
    if (head.status == RunStatus::finished) return;
    head.status = RunStatus::failed;
    run_files::write_head(folder, head);
  } catch (const Error&) {
    // Another has it, or it cannot be written: its state says so.
  }
}

namespace {

class Pool {
 public:
  Pool(const fs::path& sweep, const SweepPoolOptions& options, JobControl& control,
       const std::function<void(const std::vector<TrialState>&)>& watch)
      : sweep_(sweep), plan_(read_sweep(sweep)), options_(options), control_(control), watch_(watch) {
    const std::vector<SweepTrial> trials = trials_of(plan_);
    remake_missing(sweep, trials, options.only);
    states_ = trial_states(sweep, trials.size());
    program_ = options.program.empty() ? paralif_program() : options.program;
    jobs_ = options.jobs > 0 ? options.jobs : jobs_that_fit(plan_.threads);
    for (const TrialState& state : states_) {
      if (chosen(state) && wants_training(state, options.retry_failed)) waiting_.push_back(state.number);
    }
    std::ranges::reverse(waiting_);  // the next is the last
  }

  std::vector<TrialState> run() {
    watch_(states_);
    auto looked = Clock::now();
    while (!running_.empty() || !waiting_.empty() || trained_elsewhere()) {
      if (control_.cancelled()) {
        end_all();
        control_.check();
      }
      bool changed = collect();
      while (!waiting_.empty() && static_cast<int>(running_.size()) < jobs_) {
        changed = start_next() || changed;
      }
      if (changed || Clock::now() - looked > between_looks) {
        looked = Clock::now();
        look();
      }
      std::this_thread::sleep_for(turn);
    }
    look();
    return states_;
  }

 private:
  [[nodiscard]] bool chosen(const TrialState& state) const {
    return options_.only.empty() ||
           std::ranges::find(options_.only, state.number) != options_.only.end();
  }
  TrialState& state_of(std::int64_t number) {
    return states_[static_cast<std::size_t>(number - 1)];
  }
  [[nodiscard]] bool trained_elsewhere() const {
    return std::ranges::any_of(states_, [&](const TrialState& state) {
      return chosen(state) && state.status == RunStatus::running && !running_.contains(state.number);
    });
  }

  bool start_next() {
    const std::int64_t number = waiting_.back();
    waiting_.pop_back();
    state_of(number) = trial_state(sweep_, number);
    // Another machine may have been quicker.
    if (!wants_training(state_of(number), options_.retry_failed)) return true;
    const fs::path folder = trial_folder(sweep_, number);
    const std::string threads = std::to_string(plan_.threads);
    running_.emplace(
        number, ChildProcess({program_.string(), "train", "--resume", folder.string(), "--json"},
                             {"OMP_NUM_THREADS=" + threads, "OPENBLAS_NUM_THREADS=" + threads},
                             folder / complaints_file));
    return true;
  }

  /// What has ended since.
  bool collect() {
    bool changed = false;
    for (auto at = running_.begin(); at != running_.end();) {
      const auto status = at->second.poll();
      if (!status) {
        ++at;
        continue;
      }
      const std::int64_t number = at->first;
      at = running_.erase(at);
      changed = true;
      TrialState now = trial_state(sweep_, number);
      if (!is_done(now) && now.status != RunStatus::running && *status != 0) {
        // One that has a checkpoint stays interrupted, and can go on.
        if (run_files::is_untrained(now.folder)) {
          mark_failed(now.folder);
          now = trial_state(sweep_, number);
        }
        if (now.problem.empty()) {
          now.problem = fmt::format("its process ended with status {}", *status);
        }
      }
      state_of(number) = now;
    }
    return changed;
  }

  void look() {
    for (TrialState& state : states_) {
      if (running_.contains(state.number) || (chosen(state) && !is_done(state))) {
        state = trial_state(sweep_, state.number);
      }
    }
    double done = 0.0;
    double all = 0.0;
    for (const TrialState& state : states_) {
      if (!chosen(state)) continue;
      all += 1.0;
      done += is_done(state) ? 1.0
              : state.epochs > 0
                  ? static_cast<double>(state.epochs_done) / static_cast<double>(state.epochs)
                  : 0.0;
    }
    if (all > 0) control_.progress(done / all);
    watch_(states_);
  }

  void end_all() {
    for (auto& [number, process] : running_) process.terminate();
    const auto limit = Clock::now() + patience_at_end;
    while (!running_.empty() && Clock::now() < limit) {
      for (auto at = running_.begin(); at != running_.end();) {
        at = at->second.poll() ? running_.erase(at) : std::next(at);
      }
      if (!running_.empty()) std::this_thread::sleep_for(20ms);
    }
    running_.clear();  // kills what is left
    look();
  }

  fs::path sweep_;
  SweepPlan plan_;
  SweepPoolOptions options_;
  JobControl& control_;
  const std::function<void(const std::vector<TrialState>&)>& watch_;
  fs::path program_;
  int jobs_ = 1;
  std::vector<TrialState> states_;
  std::vector<std::int64_t> waiting_;
  std::map<std::int64_t, ChildProcess> running_;
};

}  // namespace

int jobs_that_fit(std::int64_t threads) {
  const auto cores = static_cast<double>(std::max(1U, std::thread::hardware_concurrency()));
  const double by_cores = cores / static_cast<double>(std::max<std::int64_t>(1, threads));
  const double by_memory = free_megabytes() / megabytes_of_a_training;
  return static_cast<int>(std::max(1.0, std::min(by_cores, by_memory)));
}

bool wants_training(const TrialState& state, bool retry_failed) {
  if (state.status == RunStatus::failed) return retry_failed;
  return state.status == RunStatus::queued || state.status == RunStatus::interrupted || state.status == RunStatus::stopped;
}

std::vector<TrialState> run_sweep(const fs::path& sweep, const SweepPoolOptions& options,
                                  JobControl& control,
                                  const std::function<void(const std::vector<TrialState>&)>& watch) {
  return Pool(sweep, options, control, watch).run();
}

}  // namespace paralif
