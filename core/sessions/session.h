// A session runs one experiment on its own thread and shows it as snapshots.
//
// Both front ends use it: the window polls take() with a timer, the command line with a loop.
// No call blocks for longer than it takes to copy a snapshot, except wait() and the destructor.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/experiments/experiment.h"
#include "core/experiments/training_changes.h"
#include "core/recording/watch_request.h"
#include "core/sessions/snapshot.h"
#include "core/values/process_share.h"

namespace paralif {

struct SessionOptions {
  std::filesystem::path runs_root;  ///< folder for the run's own folder; empty: keep nothing
  std::filesystem::path resume;     ///< an existing run folder to go on with; empty: a new run
  bool watch = true;                ///< let the recorders look
  /// Within an epoch too, so that a power cut costs no more than this and a batch.
  double seconds_between_checkpoints = 60.0;
  /// A run folder to look into as its checkpoint left it: nothing is trained or written. The
  /// session is finished once the network is there, and answers watch().
  std::filesystem::path inspect;
  /// This process is the first of several that train together; the others run
  /// train_as_member() at the same meeting place.
  std::optional<ProcessShare> share{};
};

class Session {
 public:
  /// Throws Error(setting) when the experiment cannot run.
  explicit Session(Experiment experiment, SessionOptions options = {});
  ~Session();  ///< stops and joins
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// As the session was made, without later changes.
  [[nodiscard]] const Experiment& experiment() const;

  void start();  ///< begins, or goes on after pause
  void pause();  ///< after the batch in progress
  void step();   ///< trains one batch, then pauses; begins if need be
  void stop();   ///< ends within 200 ms, leaving a checkpoint to resume from

  /// Changes a field from the next batch on. Throws Error(setting) when it may not change while
  /// training, when the value is bad, and when there is no training to change.
  void change(const TrainingChange& change);

  /// Also after the end: the sample is run through the network as it was left.
  void watch(const WatchRequest& request);
  [[nodiscard]] std::int64_t test_samples() const;  ///< 0 until the data is loaded

  [[nodiscard]] SessionState state() const;
  /// The newest snapshot, if anything changed since the last call.
  std::optional<Snapshot> take();
  /// Blocks until the session has ended (finished, stopped or failed) or the time is over;
  /// negative: for ever. True when ended.
  bool wait(double seconds = -1.0);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paralif
