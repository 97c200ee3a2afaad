// Mean and standard deviation of a few measurements.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>

namespace paralif {

struct MeanDeviation {
  std::size_t count = 0;
  double mean = 0.0;       ///< 0 of none
  double deviation = 0.0;  ///< with n - 1; 0 of one or none
};

inline MeanDeviation mean_deviation(std::span<const double> values) {
  MeanDeviation result{values.size(), 0.0, 0.0};
  const auto n = static_cast<double>(values.size());
  for (const double value : values) result.mean += value / n;
  if (values.size() < 2) return result;
  for (const double value : values) {
    result.deviation += (value - result.mean) * (value - result.mean);
  }
  result.deviation = std::sqrt(result.deviation / (n - 1.0));
  return result;
}

}  // namespace paralif
