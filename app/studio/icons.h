// Our own one-colour icons, drawn in a colour of the theme in force.
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>
#include <functional>

#include "widgets/theme/theme.h"

namespace paralif {

/// The icon resources/icons/<name>.svg with all that is opaque in one colour of the program's
/// theme; a switch of theme needs nothing but a repaint.
QIcon themedIcon(const QString& name, QColor Theme::* colour = &Theme::text);

/// A disc in a colour of the theme in force.
QIcon discIcon(std::function<QColor(const Theme&)> colour);

/// The program's own icon, in its colours.
QIcon programIcon();

}  // namespace paralif
