// Our own one-colour icons, tinted to the theme.
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace paralif {

/// The icon resources/icons/<name>.svg with all that is opaque in one colour.
QIcon tintedIcon(const QString& name, const QColor& colour);

/// The program's own icon, in its colours.
QIcon programIcon();

}  // namespace paralif
