// The window's one hold on training: owns the session, polls it, and says what can be done.
#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <vector>

#include "core/session/run_store.h"
#include "core/session/session.h"
#include "widgets/views/metric_series.h"

namespace paralif {

/// Polls 30 times a second at most. A session that is given up is stopped and kept aside until
/// it has ended, so that nothing here waits for it.
class SessionController : public QObject {
  Q_OBJECT

 public:
  explicit SessionController(QObject* parent = nullptr);
  ~SessionController() override;

  void setRunsRoot(const std::filesystem::path& root) { runsRoot_ = root; }
  [[nodiscard]] const std::filesystem::path& runsRoot() const { return runsRoot_; }

  [[nodiscard]] SessionState state() const { return state_; }
  /// Between start and end: preparing, running, paused or stopping.
  [[nodiscard]] bool isActive() const;
  /// Whether anything is shown that reset() would clear.
  [[nodiscard]] bool hasRun() const { return session_ != nullptr || shownRecord_; }
  /// Whether what is shown was recorded, rather than trained here and now.
  [[nodiscard]] bool isRecorded() const { return shownRecord_; }
  /// What the session in hand, or the run shown, trains by now; null: neither.
  [[nodiscard]] const Experiment* experiment() const;
  [[nodiscard]] const MetricSeries& series() const { return series_; }
  [[nodiscard]] const Snapshot& latest() const { return latest_; }
  [[nodiscard]] std::int64_t testSamples() const;

  /// Goes on when paused; otherwise begins a new run. Throws Error(setting).
  void start(const Experiment& experiment);
  void step(const Experiment& experiment);
  void pause();
  void stop();
  void reset();
  /// Goes on with a recorded run. Throws Error.
  void resume(const std::filesystem::path& folder);
  /// Changes a setting of the training in hand. Throws Error(setting).
  void change(const TrainingChange& change);
  /// Shows a recorded run as it was left, and runs its network on the samples asked for.
  /// Throws Error(file).
  void showRun(const std::filesystem::path& folder);
  void watch(const WatchRequest& request);
  /// Looks for news now, without waiting for the timer.
  void poll();

 Q_SIGNALS:
  void cleared();
  void snapshotTaken(const paralif::Snapshot& snapshot);
  void stateChanged(paralif::SessionState state);

 private:
  void begin(const Experiment& experiment, const std::filesystem::path& resumed);
  void retire();
  void clear();
  void inspect(const std::filesystem::path& folder, bool wantsMap);
  /// Brings what a look into the recorded run gave into the newest snapshot.
  void takeInspected(const Snapshot& seen);
  void setState(SessionState state);
  void take(const Snapshot& snapshot);

  std::filesystem::path runsRoot_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<Session> inspection_;  ///< answers for the recorded run shown
  bool inspectionMaps_ = false;
  std::vector<std::unique_ptr<Session>> retired_;
  WatchRequest request_;
  QTimer timer_;
  SessionState state_ = SessionState::idle;
  MetricSeries series_;
  Snapshot latest_;
  Experiment shownExperiment_;
  bool shownRecord_ = false;
};

bool hasEnded(SessionState state);

}  // namespace paralif
