// The recorded epochs of the run shown as pictures of one of its views: an animated PNG, or a
// numbered PNG each.
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSize>
#include <QString>
#include <vector>

#include "app/studio/background_job.h"

class QWidget;

namespace paralif {

class SessionController;

/// Shows one epoch after another and takes a picture of each, which is packed and written off this
/// thread: the window stays as quick as in a replay; then the run is shown as it was left. Whoever looks at another epoch or sample
/// meanwhile ends it.
class ReplayExport : public QObject {
  Q_OBJECT

 public:
  explicit ReplayExport(SessionController& controller, QObject* parent = nullptr);

  struct Order {
    QWidget* view = nullptr;
    std::vector<std::int64_t> epochs;
    /// A file named .apng or .png; or a folder, for a series of epoch-0001.png.
    QString path;
    bool series = false;
    int perSecond = 5;
  };
  /// Ends with finished(), failed() or, after cancel(), none.
  void start(const Order& order);
  void cancel();
  [[nodiscard]] bool isRunning() const { return running_; }

 Q_SIGNALS:
  void ended();  ///< before finished() and failed(); alone when it was cancelled
  void progressed(int done, int all);
  void finished(const QString& path, int pictures);
  void failed(const QString& sentence, const QString& subject);

 private:
  void next();
  /// Whether the epoch shown is the one of the next picture.
  [[nodiscard]] bool isAwaited() const;
  void take();
  void write();
  void end();

  SessionController& controller_;
  QPointer<QWidget> view_;
  Order order_;
  std::size_t at_ = 0;
  QSize size_;  ///< of the first picture, and so of all
  QList<QByteArray> frames_;
  BackgroundJob writing_;  ///< of pictures, off this thread
  bool running_ = false;
};

}  // namespace paralif
