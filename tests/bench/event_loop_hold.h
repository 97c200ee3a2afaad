// How long the window was held: the longest time between two turns of the event loop.
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>

namespace paralif::testing {

/// From its making on.
class EventLoopHold {
 public:
  EventLoopHold() {
    turn_.start();
    QObject::connect(&ticks_, &QTimer::timeout, [this] { note(); });
    ticks_.start(0);
  }
  [[nodiscard]] double longestMs() {
    note();
    return static_cast<double>(longest_) * 1e-6;
  }

 private:
  void note() {
    longest_ = std::max(longest_, turn_.nsecsElapsed());
    turn_.restart();
  }

  QElapsedTimer turn_;
  QTimer ticks_;
  qint64 longest_ = 0;
};

}  // namespace paralif::testing
