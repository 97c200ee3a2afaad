// An image of the window, taken without hands: for the documentation and for checks.
#pragma once

#include <QObject>
#include <QString>

class QWidget;

namespace paralif {

class SessionController;

/// Waits until the epochs are done (or training has ended, or at once for 0), writes the image
/// and leaves the program: status 0, or 1 when training failed or nothing could be written.
class Screenshot : public QObject {
  Q_OBJECT

 public:
  Screenshot(QWidget* window, SessionController& controller, const QString& path, int epochs);

 private:
  void check();
  void shoot();

  QWidget* window_;
  SessionController& controller_;
  QString path_;
  int epochs_;
  bool due_ = false;
};

}  // namespace paralif
