// An image of the window, taken without hands: for the documentation and for checks.
#pragma once

#include <QObject>
#include <QString>

namespace paralif {

class MainWindow;
class SessionController;

/// Waits until the epochs are done (or training has ended, or at once for 0), writes the image
/// and leaves the program: status 0, or 1 when anything failed: opening, training or writing.
class Screenshot : public QObject {
  Q_OBJECT

 public:
  Screenshot(MainWindow& window, const QString& path, int epochs);

 private:
  void check();
  void shoot();

  MainWindow& window_;
  SessionController& controller_;
  QString path_;
  int epochs_;
  bool due_ = false;
};

}  // namespace paralif
