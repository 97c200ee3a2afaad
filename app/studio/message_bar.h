// One sentence over the foot of the pages: an error, a hint or an offer. It lies over what is
// there, so that nothing moves when it comes and goes.
#pragma once

#include <QFrame>
#include <QTimer>
#include <QVector>
#include <deque>
#include <functional>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace paralif {

class MessageBar : public QFrame {
  Q_OBJECT

 public:
  struct Choice {
    QString text;
    std::function<void()> work;
  };

  /// Lies over the foot of `over`, whatever size that takes. Texts are shown plain.
  explicit MessageBar(QWidget* over);

  void showError(const QString& sentence);
  void showHint(const QString& sentence);  ///< goes by itself after some seconds
  /// Stays until one of the choices is taken or the bar is closed; an error shows before it, and so
  /// do the offers that were made earlier.
  void offer(const QString& sentence, const QVector<Choice>& choices);
  /// Takes an error away, as what it was about has been done.
  void clearError();

  [[nodiscard]] QString sentence() const;
  [[nodiscard]] bool isError() const { return !isHidden() && kind_ == Kind::error; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  enum class Kind { error, hint, offer };
  struct Offer {
    QString sentence;
    QVector<Choice> choices;
  };

  void show(const QString& sentence, Kind kind);
  void showOffer();
  void close();
  void place();

  QLabel* text_;
  QHBoxLayout* row_;
  QVector<QPushButton*> buttons_;
  QToolButton* close_;
  QTimer leave_;
  Kind kind_ = Kind::hint;
  std::deque<Offer> offers_;  ///< the first is shown, once nothing else is
};

}  // namespace paralif
