// Buttons whose text changes, and that stay as wide as their widest.
#pragma once

#include <QAction>
#include <QStringList>
#include <QToolBar>
#include <QWidget>

#include <algorithm>

namespace paralif {

/// Gives the button of an action the width of the widest of its texts.
inline void keepWidth(QToolBar& bar, QAction& action, const QStringList& texts) {
  QWidget* button = bar.widgetForAction(&action);
  if (button == nullptr) return;
  const QString now = action.text();
  int widest = 0;
  for (const QString& text : texts) {
    action.setText(text);
    widest = std::max(widest, button->sizeHint().width());
  }
  action.setText(now);
  button->setMinimumWidth(widest);
}

}  // namespace paralif
