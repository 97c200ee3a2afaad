#include "app/studio/replay_export.h"

#include <QBuffer>
#include <QImage>
#include <QTimer>
#include <QWidget>

#include <filesystem>

#include "app/studio/session_controller.h"
#include "datasets/atomic_file.h"
#include "widgets/plots/animated_png.h"

namespace paralif {
namespace {

/// Time for a view to draw what it was given.
constexpr int settlingMs = 30;

QByteArray pngOf(const QImage& image) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return bytes;
}

void writeBytes(const QString& path, const QByteArray& bytes) {
  write_file(path.toStdString(), {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

}  // namespace

ReplayExport::ReplayExport(SessionController& controller, QObject* parent)
    : QObject(parent), controller_(controller) {
  connect(&controller_, &SessionController::replayChanged, this, [this] {
    if (!running_) return;
    if (isAwaited()) {
      QTimer::singleShot(settlingMs, this, &ReplayExport::take);
    } else {
      cancel();  // somebody looks at another epoch, or at another sample
    }
  });
  connect(&controller_, &SessionController::recordedEpochsChanged, this, [this] {
    cancel();  // another run is shown
  });
  connect(&writing_, &BackgroundJob::failed, this, [this](const Failure& failure) {
    if (!running_) return;
    end();
    Q_EMIT failed(failure.sentence, order_.path);
  });
  connect(&controller_, &SessionController::runFailed, this, &ReplayExport::cancel);  // is told
}

void ReplayExport::start(const Order& order) {
  cancel();
  order_ = order;
  view_ = order.view;
  at_ = 0;
  size_ = {};
  frames_.clear();
  running_ = true;
  next();
}

void ReplayExport::cancel() {
  if (running_) end();
}

void ReplayExport::end() {
  running_ = false;
  writing_.cancel();
  frames_.clear();
  controller_.replay(0);
  Q_EMIT ended();
}

void ReplayExport::next() {
  if (at_ >= order_.epochs.size()) {
    write();
    return;
  }
  if (isAwaited()) {
    QTimer::singleShot(settlingMs, this, &ReplayExport::take);
  } else {
    controller_.replay(order_.epochs[at_]);
  }
}

bool ReplayExport::isAwaited() const {
  return at_ < order_.epochs.size() && controller_.replayedEpoch() == order_.epochs[at_];
}

void ReplayExport::take() {
  if (!running_ || !isAwaited() || writing_.isRunning()) return;
  if (view_ == nullptr) {
    end();
    return;
  }
  QImage image = view_->grab().toImage().convertToFormat(QImage::Format_RGB32);
  image.setDevicePixelRatio(1.0);
  if (size_.isEmpty()) size_ = image.size();
  if (image.size() != size_) {  // the window was resized meanwhile
    image = image.scaled(size_, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
  }
  QString file;
  if (order_.series) {
    const QString number = QString("%1").arg(order_.epochs[at_], 4, 10, QChar('0'));
    file = order_.path + "/epoch-" + number + ".png";
  }
  writing_.start(
      [image, file, folder = order_.path](JobControl&) {
        QByteArray png = pngOf(image);
        if (file.isEmpty()) return png;
        std::filesystem::create_directories(folder.toStdString());
        writeBytes(file, png);
        return QByteArray();
      },
      [this](const QByteArray& png) {
        if (!running_) return;
        if (!png.isEmpty()) frames_.append(png);
        ++at_;
        Q_EMIT progressed(int(at_), int(order_.epochs.size()));
        next();
      });
}

void ReplayExport::write() {
  const int pictures = int(order_.epochs.size());
  writing_.start(
      [frames = frames_, order = order_](JobControl&) {
        if (!order.series) writeBytes(order.path, animatedPng(frames, 1000 / order.perSecond));
        return order.path;
      },
      [this, pictures](const QString& path) {
        if (!running_) return;
        end();
        Q_EMIT finished(path, pictures);
      });
}

}  // namespace paralif
