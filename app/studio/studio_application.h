// The application object of the window: what an event handler throws is shown, never the end.
#pragma once

#include <QApplication>
#include <QElapsedTimer>

namespace paralif {

struct Failure;

class StudioApplication : public QApplication {
  Q_OBJECT

 public:
  StudioApplication(int& argc, char** argv);

  bool notify(QObject* receiver, QEvent* event) override;
  /// Emits failed(), but not for the same sentence over and over, as a view that cannot be painted
  /// gives it.
  void tell(const Failure& failure);

 Q_SIGNALS:
  /// An exception that nothing nearer has caught; the window shows it.
  void failed(const QString& sentence, const QString& subject);

 private:
  QString told_;
  QElapsedTimer since_;
};

}  // namespace paralif
