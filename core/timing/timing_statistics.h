// Medians and quartiles of repeated measurements.
#pragma once

#include <string>
#include <vector>

namespace paralif {

/// Quartiles by linear interpolation between the sorted values (R's type 7, numpy's default).
/// All NaN without values.
struct Spread {
  double median = 0.0;
  double first_quartile = 0.0;
  double third_quartile = 0.0;
  double least = 0.0;
  double most = 0.0;

  /// (third - first quartile) / median; 0 where the median is 0 or NaN.
  [[nodiscard]] double relative() const;
};

Spread spread_of(std::vector<double> values);

/// `part` of the way through the sorted values, 0..1; NaN without values.
double quantile(const std::vector<double>& sorted, double part);

}  // namespace paralif
