// Play, pause and a slider over the steps of something.
#pragma once

#include <QKeySequence>
#include <QTimer>
#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace paralif {

class PlayerBar : public QWidget {
  Q_OBJECT

 public:
  /// `key` plays and pauses; empty: none does.
  explicit PlayerBar(const QKeySequence& key = Qt::Key_Space, QWidget* parent = nullptr);
  /// Begins anew at step 0; keeps playing when it was.
  void setSteps(int steps, int intervalMs);
  void setStep(int step);
  void setInterval(int milliseconds) { timer_.setInterval(milliseconds); }
  void setText(const QString& text);
  [[nodiscard]] int step() const;
  [[nodiscard]] bool isPlaying() const { return timer_.isActive(); }

 public Q_SLOTS:
  void toggle();

 Q_SIGNALS:
  void stepChanged(int step);
  /// The user played or moved.
  void used();

 protected:
  void hideEvent(QHideEvent* event) override;

 private:
  void advance();

  QToolButton* button_;
  QSlider* slider_;
  QLabel* text_;
  QTimer timer_;
};

}  // namespace paralif
