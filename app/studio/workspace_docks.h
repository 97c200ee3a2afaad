// The docks of whichever workspace is in front: shown in the View menu, put back together.
#pragma once

#include <QObject>
#include <QVector>
#include <functional>

class QAction;
class QDockWidget;
class QMainWindow;
class QMenu;
class QStackedWidget;
class QWidget;

namespace paralif {

class WorkspaceDocks : public QObject {
  Q_OBJECT

 public:
  /// Takes the pages' arrangements as they are now for the first ones.
  explicit WorkspaceDocks(QStackedWidget* pages, QObject* parent);

  /// How a page puts its docks back, where it knows better than its first arrangement.
  void setReset(QWidget* page, std::function<void()> reset);

  /// Those of the page in front; a page without docks has none.
  [[nodiscard]] QVector<QDockWidget*> inFront() const;
  /// Shows every dock of the page in front at its first place, also closed and floating ones.
  void reset();
  /// Keeps the head of `menu` to inFront(), from now on.
  void fill(QMenu* menu);

 private:
  struct First {
    QMainWindow* page;
    QByteArray state;
    std::function<void()> reset;
  };
  [[nodiscard]] const First* front() const;
  void refill();

  QStackedWidget* pages_;
  QVector<First> first_;
  QMenu* menu_ = nullptr;
  QVector<QAction*> listed_;
};

}  // namespace paralif
