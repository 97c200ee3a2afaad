#include "app/studio/workspace_docks.h"

#include <QDockWidget>
#include <QMenu>

#include "app/studio/workspace.h"
#include "app/studio/workspace_bar.h"

namespace paralif {
WorkspaceDocks::WorkspaceDocks(const WorkspaceBar* bar, QObject* parent)
    : QObject(parent), bar_(bar) {
  connect(bar_, &WorkspaceBar::currentChanged, this, &WorkspaceDocks::refill);
}

QVector<QDockWidget*> WorkspaceDocks::inFront() const {
  const Workspace* front = bar_->inFront();
  if (front == nullptr) return {};
  return front->findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly);
}

void WorkspaceDocks::reset() {
  for (QDockWidget* dock : inFront()) dock->setFloating(false);
  if (Workspace* front = bar_->inFront()) front->resetLayout();
}

void WorkspaceDocks::fill(QMenu* menu) {
  menu_ = menu;
  refill();
}

void WorkspaceDocks::refill() {
  if (menu_ == nullptr) return;
  for (QAction* action : std::as_const(listed_)) menu_->removeAction(action);
  listed_.clear();
  QAction* rest = menu_->actions().value(0);
  for (QDockWidget* dock : inFront()) {
    listed_.append(dock->toggleViewAction());
    menu_->insertAction(rest, listed_.back());
  }
}

}  // namespace paralif
