// Moves through the recorded epochs of the run shown, by hand or playing.
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;

namespace paralif {

class PlayerBar;
class SessionController;

/// Hidden where there is nothing to move through.
class ReplayBar : public QWidget {
  Q_OBJECT

 public:
  explicit ReplayBar(SessionController& controller, QWidget* parent = nullptr);

 Q_SIGNALS:
  void offered(bool there);  ///< whether the run shown has several recorded epochs

 private:
  void offer();
  void choose(int step);
  void showPlace();

  SessionController& controller_;
  PlayerBar* player_;
  QComboBox* speed_;
  QLabel* title_;
  bool offering_ = false;  ///< the bar is being set, not used
};

}  // namespace paralif
