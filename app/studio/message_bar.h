// One sentence across the top of the window: an error or a hint, never in the way.
#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace paralif {

class MessageBar : public QFrame {
  Q_OBJECT

 public:
  explicit MessageBar(QWidget* parent = nullptr);
  void showError(const QString& sentence);
  void showHint(const QString& sentence);
  [[nodiscard]] QString sentence() const;

 protected:
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void show(const QString& sentence, bool error);
  void colour();

  QLabel* text_;
  QToolButton* close_;
  bool error_ = false;
};

}  // namespace paralif
