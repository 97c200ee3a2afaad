// What a session shows of itself: plain values, safe to copy between threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/experiments/training_changes.h"
#include "core/values/metrics.h"
#include "core/values/plane_point.h"
#include "core/values/record.h"

namespace paralif {

enum class SessionState { idle, preparing, running, paused, stopping, finished, stopped, failed };

/// The newest view of a session. Metrics are those since the last take; the rest is the latest
/// there is (null before the first).
struct Snapshot {
  SessionState state = SessionState::idle;
  std::string message;     ///< what it is doing, or why it failed
  std::string subject;     ///< of a failure: the field, the layer's id or the file; may be empty
  std::int64_t epoch = 0;  ///< epoch in progress, counted from 1
  std::int64_t epochs = 0;
  std::int64_t batch = 0;  ///< batches done in this epoch
  std::int64_t batches = 0;
  double elapsed_s = 0.0;     ///< time spent training
  double remaining_s = -1.0;  ///< estimate; negative: not known yet
  double samples_per_second = 0.0;
  std::string run_folder;  ///< where the run is recorded
  std::vector<BatchMetrics> batches_since;
  std::vector<EpochMetrics> epochs_since;
  std::vector<std::string> log_since;
  std::vector<AppliedChange> changes_since;
  /// The test samples, where they are points of the plane; null before they are known.
  std::shared_ptr<const std::vector<PlanePoint>> plane_points;
  std::vector<std::string> class_names;  ///< as the data has them; empty: it has none
  std::string watch_problem;  ///< why the sample asked for cannot be run; empty: it can
  Records records;  ///< by the recorder's id; those not looked at yet are absent
};

std::string_view to_string(SessionState state);

}  // namespace paralif
