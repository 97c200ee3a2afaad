// The thread of a running-time comparison: measures as it is told, and saves.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "core/bench/timing_session.h"
#include "core/values/job.h"

namespace paralif {

class TimingWorker {
 public:
  TimingWorker(const TimingPlan& plan, TimingOptions options);
  ~TimingWorker();
  TimingWorker(const TimingWorker&) = delete;
  TimingWorker& operator=(const TimingWorker&) = delete;

  void start();
  void pause();
  void cancel();
  void repeat(std::size_t point);
  [[nodiscard]] TimingState state() const;
  std::optional<TimingSnapshot> take();
  bool wait(double seconds);

 private:
  /// A point or a copy that is being measured.
  struct Item {
    TimingResult* result = nullptr;
    std::unique_ptr<bench::Probe> probe;
    double pass_ms = -1.0;  ///< the shortest seen; below 0: none yet
    int trials = 0;         ///< done in this measurement
    bool given_up = false;
  };
  using Group = std::vector<Item*>;

  void launch();
  void main();
  void measure_machine();
  void measure_all();
  void measure(const Group& group);
  /// One trial of an item, set up and warmed up as needed.
  void visit(Item& item);
  /// Whether an item can be set up: memory, and the limit of a pass.
  bool prepare(Item& item);
  void add_trial(Item& item, double ms);
  void give_up(Item& item, const std::string& reason);
  /// Measures what is asked for until nothing is left.
  void work();
  /// Saves and closes; false when something was asked for meanwhile.
  bool end();
  void save();

  /// Blocks while paused. Throws Interrupted when cancelled.
  void may_go_on();
  void show_progress();
  [[nodiscard]] int trials_of(const Item& item) const;
  [[nodiscard]] double expected_ms(const Item& item) const;
  [[nodiscard]] std::vector<Group> groups();

  const TimingOptions options_;
  const int trials_;

  // Shared with the front end's thread.
  mutable std::mutex mutex_;
  std::condition_variable woken_;
  TimingSnapshot snapshot_;
  bool changed_ = true;
  bool paused_ = false;
  std::atomic<bool> cancelling_{false};
  std::deque<std::size_t> repeats_;

  // The worker's own.
  std::deque<Item> items_;
  bool measured_ = false;  ///< the whole plan was, or its measurement was cancelled
  std::chrono::steady_clock::time_point running_since_{};
  double earlier_s_ = 0.0;

  Job job_;  ///< last, so that it has ended before what it uses goes
};

}  // namespace paralif
