#include "app/studio/workspace_docks.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QStackedWidget>

#include <algorithm>

namespace paralif {
namespace {

QVector<QDockWidget*> docksOf(const QMainWindow& page) {
  return page.findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly);
}

}  // namespace

WorkspaceDocks::WorkspaceDocks(QStackedWidget* pages, QObject* parent)
    : QObject(parent), pages_(pages) {
  for (int i = 0; i < pages_->count(); ++i) {
    auto* page = qobject_cast<QMainWindow*>(pages_->widget(i));
    if (page != nullptr) first_.append({page, page->saveState(), {}});
  }
  connect(pages_, &QStackedWidget::currentChanged, this, &WorkspaceDocks::refill);
}

void WorkspaceDocks::setReset(QWidget* page, std::function<void()> reset) {
  for (First& first : first_) {
    if (first.page == page) first.reset = std::move(reset);
  }
}

const WorkspaceDocks::First* WorkspaceDocks::front() const {
  const auto found = std::ranges::find(first_, pages_->currentWidget(), &First::page);
  return found == first_.end() ? nullptr : &*found;
}

QVector<QDockWidget*> WorkspaceDocks::inFront() const {
  return front() == nullptr ? QVector<QDockWidget*>{} : docksOf(*front()->page);
}

void WorkspaceDocks::reset() {
  const First* first = front();
  if (first == nullptr) return;
  for (QDockWidget* dock : inFront()) dock->setFloating(false);
  if (first->reset) return first->reset();
  first->page->restoreState(first->state);
  for (QDockWidget* dock : inFront()) dock->show();
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
