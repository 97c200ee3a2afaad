// The status bar's content: what training does now, how far it is and where it is recorded.
#pragma once

#include <QWidget>

#include "core/sessions/snapshot.h"

class QLabel;
class QProgressBar;

namespace paralif {

class TrainingStatus : public QWidget {
  Q_OBJECT

 public:
  explicit TrainingStatus(QWidget* parent = nullptr);
  void show(const Snapshot& snapshot);
  void setState(SessionState state);
  void clear();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void showFolder();

  QLabel* state_;
  QLabel* epoch_;
  QProgressBar* progress_;
  QLabel* time_;
  QLabel* speed_;
  QLabel* folder_;
  QString path_;
};

/// "3 min 05 s"; short enough for a status bar.
QString duration(double seconds);

}  // namespace paralif
