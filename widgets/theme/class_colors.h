// The colour of a class, the same in every view.
#pragma once

#include <QColor>

#include <vector>

namespace paralif {

struct Theme;

/// The theme's series first, then ten in all chosen by hand. Every later one is the colour of a
/// fixed grid that lies farthest (CIE L*a*b*, 1976) from all before it, among those that stand
/// out from the theme's surface. As many as can be told apart; more classes begin anew.
const std::vector<QColor>& classColors(const Theme& theme);

/// Distance of two colours in CIE L*a*b* (1976): 2.3 is just noticeable.
double colorDistance(const QColor& a, const QColor& b);

}  // namespace paralif
