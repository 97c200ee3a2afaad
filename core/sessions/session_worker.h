// The job of a session: trains, watches and records, as it is told.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "core/recording/observer.h"
#include "core/recording/recording_costs.h"
#include "core/runs/run_writer.h"
#include "core/sessions/session.h"
#include "core/sessions/time_share.h"
#include "core/training/process_group.h"
#include "core/values/job.h"

namespace paralif {

class SessionWorker {
 public:
  SessionWorker(const Experiment& experiment, SessionOptions options);
  ~SessionWorker();
  SessionWorker(const SessionWorker&) = delete;
  SessionWorker& operator=(const SessionWorker&) = delete;

  void start();
  void pause();
  void step();
  void stop();
  void change(const TrainingChange& change);
  void watch(const WatchRequest& request);
  [[nodiscard]] std::int64_t test_samples() const { return test_samples_; }
  [[nodiscard]] SessionState state() const;
  std::optional<Snapshot> take();
  bool wait(double seconds);

 private:
  enum class Order { run, pause, step };

  void begin(Order order);
  void main();
  void prepare();
  void meet();
  void train();
  void train_one();
  void end_epoch();
  void say_notes();
  void look_after_folder();
  void inspect();
  void serve_watchers();
  /// Renews a piece of a decision map that is behind the network, while nothing trains.
  void continue_map();
  /// Has it look, and shows what it saw.
  void publish(const Recorder& recorder);

  /// Blocks while paused; false when the session is to stop.
  bool may_go_on();
  void set_state(SessionState state, const std::string& message);
  void say(const std::string& line);
  void apply_changes();
  void take_up_changes();
  void publish_progress(const BatchMetrics* batch);
  void refresh_views(bool all);
  void record_epoch(const TestResult& result);
  void say_hints();
  void flush(RunStatus status, bool with_checkpoint);
  [[nodiscard]] double remaining_seconds() const;

  Experiment experiment_;  ///< the worker's, with the changes that were made
  const SessionOptions options_;

  // Shared with the front end's thread.
  mutable std::mutex mutex_;
  std::condition_variable woken_;
  Order order_ = Order::run;
  std::atomic<bool> stopping_{false};
  bool leaving_ = false;  ///< the session is being destroyed
  std::optional<WatchRequest> request_;
  std::vector<TrainingChange> ordered_changes_;
  Snapshot snapshot_;
  bool changed_ = true;
  std::atomic<std::int64_t> test_samples_{0};

  // The worker's own.
  DataSplit data_;
  std::unique_ptr<ProcessGroup> group_;  ///< null: one process
  std::unique_ptr<Trainer> trainer_;
  std::unique_ptr<Observer> observer_;
  std::vector<AppliedChange> changes_;
  std::unique_ptr<RunWriter> writer_;
  TimeShare watching_{0.025};
  TimeShare recording_{recording_time_limit};
  TimeShare::Clock::time_point last_views_{};
  TimeShare::Clock::time_point last_flush_{};
  TimeShare::Clock::time_point last_look_{};  ///< at the run's folder
  std::optional<TrainingState> best_;  ///< of the best test accuracy, not written yet
  double best_accuracy_ = -1.0;
  double batch_seconds_ = 0.0;  ///< moving means, for the estimates
  double test_seconds_ = 0.0;
  int view_turn_ = 0;
  std::int64_t records_step_ = -1;  ///< the trainer's, when all recorders looked last
  std::set<std::string> said_notes_;  ///< of the data
  std::set<std::string> said_hints_;  ///< of layers, by LayerHint::key

  Job job_;  ///< last, so that it has ended before what it uses goes
};

}  // namespace paralif
