// Textured shapes in the format of CIFAR-10, and points of the plane.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "datasets/atomic_file.h"
#include "datasets/readers/cifar10_reader.h"
#include "datasets/samples/noise.h"
#include "datasets/samples/sample_writers.h"

namespace paralif {
namespace {

/// One of five shapes, inside where negative.
double shape(int kind, double x, double y) {
  switch (kind) {
    case 0:
      return std::hypot(x, y) - 1.0;  // disc
    case 1:
      return std::max(std::abs(x), std::abs(y)) - 0.9;  // square
    case 2:
      return std::max(y - 0.8, std::abs(x) * 1.6 - 0.6 * (y + 1.0));  // triangle
    case 3:
      return std::abs(std::hypot(x, y) - 0.8) - 0.25;  // ring
    default:
      return std::min(std::max(std::abs(x) - 0.3, std::abs(y) - 1.0),
                      std::max(std::abs(y) - 0.3, std::abs(x) - 1.0));  // cross
  }
}

std::string picture(int label, Noise& noise) {
  constexpr int side = static_cast<int>(ImageSet::side);
  const int kind = label / 2;
  const bool striped = label % 2 == 1;
  std::array<double, 3> ground{};
  std::array<double, 3> ink{};
  for (std::size_t c = 0; c < 3; ++c) {
    ground[c] = noise.uniform(20, 110);
    // A colour that is usual for the class, as skies and frogs have one.
    ink[c] = std::clamp(
        170 + 60 * std::sin(label * (1.3 + static_cast<double>(c))) + 30 * noise.normal(), 120.0,
        255.0);
  }
  const double size = noise.uniform(8, 11);
  const double middle_x = noise.uniform(13, 19);
  const double middle_y = noise.uniform(13, 19);
  const double phase = noise.uniform(0, 6);
  std::string pixels(ImageSet::pixels, '\0');
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const double edge = shape(kind, (x - middle_x) / size, (y - middle_y) / size);
      const double inside = std::clamp(0.5 - 4.0 * edge, 0.0, 1.0);
      const double texture =
          striped ? 0.6 + 0.4 * std::sin(1.6 * (x + y) + phase) : 0.9 + 0.1 * noise.uniform();
      for (int c = 0; c < 3; ++c) {
        const auto of = static_cast<std::size_t>(c);
        const double value =
            ground[of] + inside * (ink[of] * texture - ground[of]) + 6 * noise.normal();
        pixels[static_cast<std::size_t>((c * side + y) * side + x)] =
            static_cast<char>(static_cast<int>(std::clamp(value, 0.0, 255.0)));
      }
    }
  }
  return pixels;
}

}  // namespace

void write_cifar10_samples(const std::filesystem::path& file, int per_class, std::uint64_t seed) {
  Noise noise(seed);
  std::string bytes;
  for (int take = 0; take < per_class; ++take) {
    for (int label = 0; label < 10; ++label) {
      bytes += static_cast<char>(label);
      bytes += picture(label, noise);
    }
  }
  write_file(file, bytes);
}

void write_points_samples(const std::filesystem::path& file, int per_class, std::uint64_t seed) {
  Noise noise(seed);
  std::string text = "x,y,class\n";
  for (int i = 0; i < per_class; ++i) {
    for (int arm = 0; arm < 3; ++arm) {
      const double along = std::sqrt(noise.uniform());
      const double angle =
          2.0 * std::numbers::pi * (arm / 3.0 + 0.6 * along) + 0.12 * noise.normal();
      std::array<char, 64> row{};
      std::snprintf(row.data(), row.size(), "%.4f,%.4f,%d\n", 0.5 + 0.45 * along * std::cos(angle),
                    0.5 + 0.45 * along * std::sin(angle), arm);
      text += row.data();
    }
  }
  write_file(file, text);
}

}  // namespace paralif
