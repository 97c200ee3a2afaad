// Counts of any size in little room.
#pragma once

#include <QString>

#include <cmath>

#include "widgets/theme/numbers.h"

namespace paralif {

/// "12400", "3.1 M", "42 G"; below a hundred with what is behind the point.
inline QString countText(double count) {
  if (!(std::abs(count) >= 100.0)) return numberText(count, 3);
  if (count < 1e5) return QString::number(std::llround(count));
  if (count < 1e9) return numberText(count / 1e6, 3) + " M";
  return numberText(count / 1e9, 3) + " G";
}

}  // namespace paralif
