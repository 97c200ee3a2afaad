// Waiting and grabbing.
#include "app/studio/screenshot.h"

#include <QApplication>
#include <QPixmap>
#include <QTimer>
#include <QWidget>

#include <cstdio>

#include "app/studio/session_controller.h"

namespace paralif {
namespace {

constexpr int settleMs = 600;  // for layouts and queued repaints

}  // namespace

Screenshot::Screenshot(QWidget* window, SessionController& controller, const QString& path,
                       int epochs)
    : QObject(window), window_(window), controller_(controller), path_(path), epochs_(epochs) {
  connect(&controller_, &SessionController::snapshotTaken, this, &Screenshot::check);
  check();
}

void Screenshot::check() {
  const auto done = static_cast<int>(controller_.series().epochs.size());
  if (due_ || (epochs_ > 0 && done < epochs_ && !hasEnded(controller_.latest().state))) return;
  due_ = true;
  QTimer::singleShot(settleMs, this, &Screenshot::shoot);
}

void Screenshot::shoot() {
  bool good = controller_.latest().state != SessionState::failed;
  if (!good) std::fprintf(stderr, "paralif-studio: %s\n", controller_.latest().message.c_str());
  if (!window_->grab().save(path_)) {
    std::fprintf(stderr, "paralif-studio: %s: the image cannot be written\n", qPrintable(path_));
    good = false;
  }
  QApplication::exit(good ? EXIT_SUCCESS : EXIT_FAILURE);
}

}  // namespace paralif
