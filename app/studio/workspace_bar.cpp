// Buttons, keys and colours of the bar.
#include "app/studio/workspace_bar.h"

#include <QButtonGroup>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "app/studio/icons.h"
#include "app/studio/workspace.h"

namespace paralif {

WorkspaceBar::WorkspaceBar(QStackedWidget* pages, QWidget* parent)
    : QWidget(parent),
      pages_(pages),
      buttons_(new QButtonGroup(this)),
      column_(new QVBoxLayout(this)) {
  setObjectName("workspaceBar");
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);  // titles stay whole
  column_->setContentsMargins(4, 6, 4, 6);
  column_->setSpacing(4);
  column_->addStretch(1);
  connect(buttons_, &QButtonGroup::idClicked, this, qOverload<int>(&WorkspaceBar::show));
}

void WorkspaceBar::add(Workspace* workspace) {
  const auto& [title, icon, tooltip] = workspace->about();
  const int index = pages_->addWidget(workspace);
  auto* button = new QToolButton(this);
  button->setText(title);
  button->setCheckable(true);
  button->setAutoRaise(true);
  button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
  button->setIconSize({22, 22});
  button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  button->setMinimumSize(std::max(66, button->fontMetrics().horizontalAdvance(title) + 10), 50);
  const QKeySequence key(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + index));
  // A button's own shortcut would show it pressed first, and switch a tenth of a second later.
  connect(new QShortcut(key, this), &QShortcut::activated, this, [this, index] { show(index); });
  button->setToolTip(QString("%1 (%2)").arg(tooltip, key.toString(QKeySequence::NativeText)));
  button->setAccessibleName(title);
  buttons_->addButton(button, index);
  column_->insertWidget(index, button);
  button->setIcon(themedIcon(icon));
  button->setChecked(index == 0);
}

void WorkspaceBar::show(int index) {
  if (index < 0 || index >= pages_->count()) return;
  buttons_->button(index)->setChecked(true);
  pages_->setCurrentIndex(index);
  Q_EMIT currentChanged(index);
}

void WorkspaceBar::show(const Workspace* workspace) {
  show(pages_->indexOf(const_cast<Workspace*>(workspace)));  // a search alone
}

Workspace* WorkspaceBar::inFront() const {
  return qobject_cast<Workspace*>(pages_->currentWidget());
}

bool WorkspaceBar::showNamed(const QString& title) {
  const qsizetype index = titles().indexOf(title.toLower().replace(' ', '-'));
  show(int(index));
  return index >= 0;
}

QStringList WorkspaceBar::titles() const {
  QStringList names;
  for (int i = 0; i < pages_->count(); ++i) {
    names << buttons_->button(i)->text().toLower().replace(' ', '-');
  }
  return names;
}

int WorkspaceBar::current() const {
  return pages_->currentIndex();
}

int WorkspaceBar::count() const {
  return pages_->count();
}

}  // namespace paralif
