// A running-time comparison on its own thread, shown as snapshots.
//
// Both front ends use it: the window polls take() with a timer, the command line with a loop.
// Every point is visited once a round, so that a disturbance of the machine meets all of them;
// where the inputs of all points do not fit into memory together, the rounds go length by length.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/bench/probe.h"
#include "core/timing/timing_results.h"

namespace paralif {

enum class TimingState : std::uint8_t {
  idle,
  measuring,
  pausing,  ///< after the trial in progress
  paused,
  stopping,
  finished,
  cancelled
};

constexpr bool has_ended(TimingState state) {
  return state == TimingState::finished || state == TimingState::cancelled;
}

struct TimingSnapshot {
  TimingState state = TimingState::idle;
  TimingResults results;
  std::string now;  ///< what is measured at this moment; empty: nothing
  std::size_t trials_done = 0;
  std::size_t trials = 0;     ///< of all points that can be measured
  double elapsed_s = 0.0;     ///< without pauses
  double remaining_s = -1.0;  ///< below 0: unknown
  std::string folder;         ///< where the results were saved; empty: not yet
  std::string problem;        ///< why they could not be saved; empty: none
};

struct TimingOptions {
  std::filesystem::path root;  ///< folder for the results' own folder; empty: keep nothing
  /// Sets up what is timed; empty: timing_probe().
  std::function<std::unique_ptr<bench::Probe>(const bench::Request&)> probe;
};

class TimingSession {
 public:
  /// Throws Error(setting) when the plan cannot be measured.
  explicit TimingSession(const TimingPlan& plan, TimingOptions options = {});
  ~TimingSession();  ///< cancels and joins
  TimingSession(const TimingSession&) = delete;
  TimingSession& operator=(const TimingSession&) = delete;

  void start();   ///< begins, or goes on after pause
  void pause();   ///< after the trial in progress
  void cancel();  ///< breaks the pass in progress off between two of its operations
  /// Measures one of points_of(plan) again: after the others, or, when the session has ended, now.
  void repeat(std::size_t point);

  [[nodiscard]] TimingState state() const;
  /// The newest snapshot, if anything changed since the last call.
  std::optional<TimingSnapshot> take();
  /// Blocks until the session has ended or the time is over; negative: for ever. True when ended.
  bool wait(double seconds = -1.0);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paralif
