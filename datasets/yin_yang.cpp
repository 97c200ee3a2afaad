#include "datasets/yin_yang.h"

#include <cmath>

#include "datasets/numpy_random.h"

namespace paralif {

YinYangClass yin_yang_class(double x, double y, const YinYangShape& shape) {
  const double big = shape.radius_big;
  const double right = std::sqrt((x - 1.5 * big) * (x - 1.5 * big) + (y - big) * (y - big));
  const double left = std::sqrt((x - 0.5 * big) * (x - 0.5 * big) + (y - big) * (y - big));
  if (right < shape.radius_small || left < shape.radius_small) return YinYangClass::dot;
  const bool yin = right <= shape.radius_small ||
                   (left > shape.radius_small && left <= 0.5 * big) ||
                   (y > big && right > 0.5 * big);
  return yin ? YinYangClass::yin : YinYangClass::yang;
}

bool yin_yang_inside(double x, double y, const YinYangShape& shape) {
  const double big = shape.radius_big;
  return std::sqrt((x - big) * (x - big) + (y - big) * (y - big)) <= big;
}

std::vector<YinYangPoint> yin_yang_points(std::size_t size, std::uint32_t seed,
                                          const YinYangShape& shape) {
  NumpyRandom random(seed);
  std::vector<YinYangPoint> points;
  points.reserve(size);
  const double side = 2.0 * shape.radius_big;
  while (points.size() < size) {
    const auto wanted = static_cast<YinYangClass>(random.integer(3));
    while (true) {
      const double x = random.uniform() * side;
      const double y = random.uniform() * side;
      if (!yin_yang_inside(x, y, shape) || yin_yang_class(x, y, shape) != wanted) continue;
      points.push_back({{static_cast<float>(x), static_cast<float>(y),
                         static_cast<float>(1.0 - x), static_cast<float>(1.0 - y)},
                        wanted});
      break;
    }
  }
  return points;
}

}  // namespace paralif
