// Waiting and grabbing.
#include "app/studio/screenshot.h"

#include <QApplication>
#include <QBuffer>
#include <QFileInfo>
#include <QPixmap>
#include <QTimer>

#include <cstdio>

#include "app/studio/main_window.h"
#include "app/studio/session_controller.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace {

constexpr int settleMs = 600;  // for layouts and queued repaints

}  // namespace

Screenshot::Screenshot(MainWindow& window, const QString& path, int epochs)
    : QObject(&window),
      window_(window),
      controller_(window.controller()),
      path_(path),
      epochs_(epochs) {
  connect(&controller_, &SessionController::snapshotTaken, this, &Screenshot::check);
  connect(&controller_, &SessionController::readingChanged, this, &Screenshot::check);
  check();
}

void Screenshot::check() {
  const auto done = static_cast<int>(controller_.series().epochs.size());
  if (due_ || controller_.isReading() || (epochs_ > 0 && done < epochs_ && !hasEnded(controller_.latest().state))) return;
  due_ = true;
  QTimer::singleShot(settleMs, this, &Screenshot::shoot);
}

void Screenshot::shoot() {
  bool good = controller_.latest().state != SessionState::failed;
  if (!good) std::fprintf(stderr, "paralif-studio: %s\n", controller_.latest().message.c_str());
  good = good && !window_.hasFailed();
  try {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!window_.grab().save(&buffer, QFileInfo(path_).suffix().toLatin1().constData())) {
      throw Error(Error::Kind::file, path_.toStdString(), "is no kind of image",
                  "end the name with .png");
    }
    write_file(path_.toStdString(), {bytes.constData(), std::size_t(bytes.size())});
  } catch (const Error& error) {
    std::fprintf(stderr, "paralif-studio: %s\n", error.what());
    good = false;
  }
  QApplication::exit(good ? EXIT_SUCCESS : EXIT_FAILURE);
}

}  // namespace paralif
