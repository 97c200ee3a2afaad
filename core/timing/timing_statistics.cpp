#include "core/timing/timing_statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace paralif {

double quantile(const std::vector<double>& sorted, double part) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double position = std::clamp(part, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double between = position - static_cast<double>(below);
  return sorted[below] + between * (sorted[above] - sorted[below]);
}

Spread spread_of(std::vector<double> values) {
  std::ranges::sort(values);
  return {quantile(values, 0.5), quantile(values, 0.25), quantile(values, 0.75),
          quantile(values, 0.0), quantile(values, 1.0)};
}

double Spread::relative() const {
  return median > 0.0 ? (third_quartile - first_quartile) / median : 0.0;
}

}  // namespace paralif
