#include "datasets/samples/point_shapes.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <stdexcept>

namespace paralif {
namespace {

using std::numbers::pi;

struct Place {
  double x, y;
};

/// `u` runs along the figure, 0..1; `v` is a second free number, 0..1.
Place moon(int label, double u, double /*v*/) {
  const double angle = pi * u;
  if (label == 0) return {0.38 + 0.26 * std::cos(angle), 0.42 + 0.34 * std::sin(angle)};
  return {0.62 - 0.26 * std::cos(angle), 0.58 - 0.34 * std::sin(angle)};
}

Place ring(int label, double u, double v) {
  const double radius = label == 0 ? 0.16 * std::sqrt(v) : 0.34 + 0.08 * v;
  return {0.5 + radius * std::cos(2 * pi * u), 0.5 + radius * std::sin(2 * pi * u)};
}

Place spiral(int label, double u, double /*v*/) {
  const double angle = 3.0 * pi * u + pi * label;
  const double radius = 0.04 + 0.4 * u;
  return {0.5 + radius * std::cos(angle), 0.5 + radius * std::sin(angle)};
}

Place corner(int label, double u, double v) {
  const bool right = u >= 0.5;
  const double across = 0.06 + 0.38 * (right ? 2 * u - 1 : 2 * u);
  const double up = 0.06 + 0.38 * v;
  const bool top = right != (label == 0);
  return {right ? 1 - across : across, top ? 1 - up : up};
}

}  // namespace

const std::vector<std::string>& point_shapes() {
  static const std::vector<std::string> names{"moons", "rings", "spirals", "corners"};
  return names;
}

std::vector<LabelledPoint> points_of_shape(const std::string& shape, int points_of_class,
                                           std::uint64_t seed) {
  Place (*place)(int, double, double) = nullptr;
  if (shape == "moons") place = moon;
  if (shape == "rings") place = ring;
  if (shape == "spirals") place = spiral;
  if (shape == "corners") place = corner;
  if (place == nullptr) throw std::logic_error("no shape of points is called " + shape);
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  std::normal_distribution<double> noise(0.0, 0.015);
  std::vector<LabelledPoint> points;
  for (int i = 0; i < points_of_class; ++i) {
    for (const int label : {0, 1}) {
      const double u = unit(random);
      const double v = unit(random);
      const Place at = place(label, u, v);
      const double x = std::clamp(at.x + noise(random), 0.0, 1.0);
      const double y = std::clamp(at.y + noise(random), 0.0, 1.0);
      points.push_back({x, y, label});
    }
  }
  return points;
}

}  // namespace paralif
