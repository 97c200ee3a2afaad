#include "app/studio/conditional_docks.h"

#include <QAction>
#include <QDockWidget>
#include <QSignalBlocker>

#include <algorithm>

namespace paralif {

void ConditionalDocks::add(QDockWidget* dock) {
  entries_.append({dock});
  connect(dock, &QDockWidget::visibilityChanged, this, [this, dock](bool visible) {
    // Whoever shows all docks does not know which of them apply.
    if (visible && !restoring_ && !applies(dock)) dock->hide();
  });
}

bool ConditionalDocks::applies(const QDockWidget* dock) const {
  const auto at = std::ranges::find(entries_, dock, &Entry::dock);
  return at == entries_.end() || at->applies;
}

void ConditionalDocks::setApplies(QDockWidget* dock, bool applies) {
  const auto at = std::ranges::find(entries_, dock, &Entry::dock);
  if (at == entries_.end() || at->applies == applies) return;
  if (!applies) at->wanted = !dock->isHidden();
  at->applies = applies;
  dock->toggleViewAction()->setVisible(applies);
  dock->setVisible(applies && at->wanted);
}

void ConditionalDocks::showWanted() {
  for (const Entry& entry : std::as_const(entries_)) {
    if (entry.applies) continue;
    const QSignalBlocker quiet(entry.dock);
    entry.dock->setVisible(entry.wanted);
  }
}

QByteArray ConditionalDocks::saved(const std::function<QByteArray()>& save) {
  showWanted();
  const QByteArray state = save();
  for (const Entry& entry : std::as_const(entries_)) {
    if (!entry.applies) entry.dock->hide();
  }
  return state;
}

bool ConditionalDocks::restored(const std::function<bool()>& restore) {
  showWanted();
  restoring_ = true;
  const bool good = restore();
  restoring_ = false;
  for (Entry& entry : entries_) {
    if (entry.applies) continue;
    entry.wanted = !entry.dock->isHidden();
    entry.dock->hide();
  }
  return good;
}

void ConditionalDocks::wantAll() {
  for (Entry& entry : entries_) {
    entry.wanted = true;
    if (!entry.applies) entry.dock->hide();
  }
}

}  // namespace paralif
