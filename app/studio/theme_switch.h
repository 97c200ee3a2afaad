// Applies a theme to the whole program: light, dark, or what the system has.
#pragma once

#include <QString>

namespace paralif {

/// Name: light, dark or system; anything else counts as system.
void applyTheme(const QString& name);

/// The same in two steps, for the start: colours first, and the rules of the style sheet once the
/// window is made. While there are rules Qt works them out again each time a widget gets a parent,
/// which took half of making the window.
void applyColours(const QString& name);
void applyRules();

}  // namespace paralif
