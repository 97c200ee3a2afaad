// Applies a theme to the whole program: light, dark, or what the system has.
#pragma once

#include <QString>

namespace paralif {

/// Name: light, dark or system; anything else counts as system.
void applyTheme(const QString& name);

}  // namespace paralif
