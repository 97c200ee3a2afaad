// The docks of whichever workspace is in front, in the View menu.
#pragma once

#include <QObject>
#include <QVector>

class QAction;
class QDockWidget;
class QMenu;

namespace paralif {

class WorkspaceBar;

class WorkspaceDocks : public QObject {
  Q_OBJECT

 public:
  explicit WorkspaceDocks(const WorkspaceBar* bar, QObject* parent);

  /// Those of the page in front; a page without docks has none.
  [[nodiscard]] QVector<QDockWidget*> inFront() const;
  /// Shows every dock of the page in front at its first place, also closed and floating ones.
  void reset();
  /// Keeps the head of `menu` to inFront(), from now on.
  void fill(QMenu* menu);

 private:
  void refill();

  const WorkspaceBar* bar_;
  QMenu* menu_ = nullptr;
  QVector<QAction*> listed_;
};

}  // namespace paralif
