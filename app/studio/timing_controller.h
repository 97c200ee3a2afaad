// Holds the running-time comparison for the window and hands on what changes.
#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <vector>

#include "core/bench/timing_session.h"

namespace paralif {

/// The session works on its own thread; this polls it. A session that was cancelled is let go of
/// and ends by itself, so that the window never waits for it.
class TimingController : public QObject {
  Q_OBJECT

 public:
  explicit TimingController(QObject* parent = nullptr);
  ~TimingController() override;

  void setRoot(const std::filesystem::path& root) { root_ = root; }
  [[nodiscard]] const std::filesystem::path& root() const { return root_; }
  [[nodiscard]] TimingState state() const { return latest_.state; }
  /// Between start and end.
  [[nodiscard]] bool isActive() const;
  /// What can be measured again: a session of this window, not results that were opened.
  [[nodiscard]] bool canRepeat() const;
  [[nodiscard]] const TimingSnapshot& latest() const { return latest_; }

  /// Goes on when paused; otherwise begins anew. Throws Error(setting).
  void start(const TimingPlan& plan);
  void pause();
  void cancel();
  void repeat(std::size_t point);
  /// Shows recorded results. Throws Error(file).
  void open(const std::filesystem::path& path);

 Q_SIGNALS:
  void snapshotTaken(const paralif::TimingSnapshot& snapshot);
  void stateChanged(paralif::TimingState state);

 private:
  void poll();
  void retire();
  void take(const TimingSnapshot& snapshot);

  std::filesystem::path root_;
  std::unique_ptr<TimingSession> session_;
  std::vector<std::unique_ptr<TimingSession>> retired_;
  QTimer timer_;
  TimingSnapshot latest_;
};

}  // namespace paralif
