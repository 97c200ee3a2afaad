#include "app/studio/workspace.h"

#include <QAction>
#include <QDockWidget>

#include "app/studio/guard.h"
#include "app/studio/icons.h"

namespace paralif {
namespace {

QVector<WorkspaceMaker>& makers() {
  static QVector<WorkspaceMaker> all;
  return all;
}

}  // namespace

void registerWorkspace(WorkspaceMaker make) { makers().append(std::move(make)); }

const QVector<WorkspaceMaker>& registeredWorkspaces() { return makers(); }

Workspace::Workspace(const About& about, QWidget* parent)
    : QMainWindow(parent, Qt::Widget), about_(about) {}

void Workspace::resetLayout() {
  const auto docks = findChildren<QDockWidget*>(Qt::FindDirectChildrenOnly);
  for (QDockWidget* dock : docks) dock->setFloating(false);
  restoreState(first_);
  for (QDockWidget* dock : docks) dock->show();
}

QAction* Workspace::addCommand(const QString& text, const QKeySequence& key, const QString& tip,
                               const char* icon) {
  auto* action = new QAction(text, this);
  action->setShortcut(key);
  action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  const QString shown = key.toString(QKeySequence::NativeText);
  action->setToolTip(shown.isEmpty() ? tip : QString("%1 (%2)").arg(tip, shown));
  if (icon != nullptr) action->setIcon(themedIcon(icon));
  addAction(action);
  return action;
}

void Workspace::attempt(const std::function<void()>& work) {
  const bool done =
      guarded(work, [this](const Failure& failure) { Q_EMIT failed(failure.sentence); });
  if (done) Q_EMIT succeeded();
}

}  // namespace paralif
