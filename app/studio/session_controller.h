// Training as the window sees it: owns the session, polls it, and says what can be done.
#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <vector>

#include "app/studio/background_job.h"
#include "core/runs/run_files.h"
#include "core/runs/run_store.h"
#include "core/sessions/session.h"
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
  /// Reads a recorded run off this thread, then shows it as it was left and runs its network on
  /// the samples asked for; tells of runShown() or runFailed(). What is shown till then stays, and
  /// a training begun meanwhile is shown instead.
  void showRun(const std::filesystem::path& folder);
  [[nodiscard]] bool isReading() const { return reading_.isRunning(); }
  /// Epochs of the run shown that were recorded, once it has ended.
  [[nodiscard]] const std::vector<std::int64_t>& recordedEpochs() const { return recorded_; }
  /// Shows one of them, read off this thread; 0: the run as it was left. While one is read the
  /// newest wish counts. Asking for another sample or neuron ends it.
  void replay(std::int64_t epoch);
  [[nodiscard]] std::int64_t replayedEpoch() const { return replayed_; }  ///< 0: as it was left
  [[nodiscard]] std::int64_t wantedEpoch() const { return wanted_; }  ///< while it is being read
  void watch(const WatchRequest& request);
  /// Takes the newest snapshot now, without waiting for the timer.
  void poll();

 Q_SIGNALS:
  void cleared();
  void snapshotTaken(const paralif::Snapshot& snapshot);
  void stateChanged(paralif::SessionState state);
  void runShown(const QString& folder);
  void runFailed(const paralif::Failure& failure);
  void readingChanged(bool reading);
  void recordedEpochsChanged();
  void replayChanged();

 private:
  struct RecordedRun {
    RunRecord record;
    std::vector<AppliedChange> changes;
    std::string trouble;  ///< why the changes could not be read; empty: they could
    std::vector<std::int64_t> epochs;
  };
  static RecordedRun readRun(const std::filesystem::path& folder);
  void show(const std::filesystem::path& folder, const RecordedRun& run);
  void begin(const Experiment& experiment, const std::filesystem::path& resumed);
  void retire();
  void setRecorded(std::vector<std::int64_t> epochs);
  void readWanted();
  void showEpoch(std::int64_t epoch, const Records& records);
  void clear();
  void inspect(const std::filesystem::path& folder, bool wantsMap);
  /// Brings what a look into the recorded run gave into the newest snapshot.
  void takeInspected(const Snapshot& seen);
  void setState(SessionState state);
  void take(const Snapshot& snapshot);

  std::filesystem::path runsRoot_;
  BackgroundJob reading_;
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
  BackgroundJob replaying_;
  std::vector<std::int64_t> recorded_;
  std::int64_t replayed_ = 0;
  std::int64_t wanted_ = 0;
};

bool hasEnded(SessionState state);

}  // namespace paralif
