// Handwritten digits under saccades: strokes seen by a simulated event camera.
#include <algorithm>
#include <array>
#include <cmath>

#include "datasets/atomic_file.h"
#include "datasets/readers/event_bytes.h"
#include "datasets/samples/sample_writers.h"
#include "datasets/samples/sensor.h"

namespace paralif {
namespace {

struct Point {
  double x;
  double y;
};
using Stroke = std::vector<Point>;

/// Polylines of the digits in the unit square, y downwards.
const std::array<std::vector<Stroke>, 10>& digit_strokes() {
  static const std::array<std::vector<Stroke>, 10> strokes{{
      {{{.5, .1}, {.25, .3}, {.2, .6}, {.4, .9}, {.65, .9}, {.8, .6}, {.75, .3}, {.5, .1}}},
      {{{.35, .25}, {.55, .1}, {.5, .9}}},
      {{{.2, .3}, {.4, .1}, {.7, .15}, {.75, .4}, {.25, .9}, {.8, .88}}},
      {{{.25, .12}, {.7, .15}, {.45, .45}, {.75, .65}, {.6, .88}, {.22, .85}}},
      {{{.6, .1}, {.2, .6}, {.85, .6}}, {{.65, .4}, {.62, .92}}},
      {{{.75, .1}, {.3, .12}, {.27, .45}, {.65, .45}, {.75, .7}, {.5, .9}, {.2, .85}}},
      {{{.65, .08}, {.3, .4}, {.25, .75}, {.5, .92}, {.75, .72}, {.5, .52}, {.28, .65}}},
      {{{.2, .12}, {.8, .12}, {.4, .92}}},
      {{{.5, .48},
        {.27, .3},
        {.5, .1},
        {.73, .3},
        {.5, .48},
        {.22, .7},
        {.5, .92},
        {.78, .7},
        {.5, .48}}},
      {{{.72, .35}, {.45, .48}, {.28, .28}, {.5, .1}, {.72, .35}, {.65, .92}}},
  }};
  return strokes;
}

double distance_to(const Point& p, const Point& a, const Point& b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double along =
      std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy + 1e-12), 0.0, 1.0);
  return std::hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

/// Where the sensor looks: three saccades of 100 ms along a triangle.
Point gaze(double time_s) {
  static constexpr std::array<Point, 4> corners{{{0, 0}, {4, 7}, {8, 0}, {0, 0}}};
  const double leg = std::clamp(time_s / 0.1, 0.0, 2.9999);
  const auto from = static_cast<std::size_t>(leg);
  const double part = 0.5 - 0.5 * std::cos((leg - static_cast<double>(from)) * 3.14159265);
  return {corners[from].x + part * (corners[from + 1].x - corners[from].x),
          corners[from].y + part * (corners[from + 1].y - corners[from].y)};
}

std::string written(int digit, Noise& noise) {
  std::vector<Stroke> strokes = digit_strokes()[static_cast<std::size_t>(digit)];
  const double size = noise.uniform(16.0, 20.0);
  const double slant = noise.uniform(-0.2, 0.2);
  const double left = noise.uniform(4.0, 8.0);
  const double top = noise.uniform(3.0, 6.0);
  const double width = noise.uniform(1.0, 1.6);
  for (Stroke& stroke : strokes) {
    for (Point& p : stroke) {
      p.x += 0.03 * noise.normal() + slant * (0.5 - p.y);
      p.y += 0.03 * noise.normal();
      p = {left + size * p.x, top + size * p.y};
    }
  }
  // The strokes are drawn once, finely, and then only moved.
  constexpr int fine = 4;
  constexpr int extent = (nmnist_sensor.width + 8) * fine;
  std::vector<float> drawing(std::size_t{extent} * extent);
  for (int y = 0; y < extent; ++y) {
    for (int x = 0; x < extent; ++x) {
      double nearest = 100.0;
      for (const Stroke& stroke : strokes) {
        for (std::size_t i = 1; i < stroke.size(); ++i) {
          nearest = std::min(nearest, distance_to({x / double{fine} - 4, y / double{fine} - 4},
                                                  stroke[i - 1], stroke[i]));
        }
      }
      drawing[static_cast<std::size_t>(y * extent + x)] =
          static_cast<float>(1.0 / (1.0 + std::exp(3.0 * (nearest - width))));
    }
  }
  const Scene scene = [&](double time, std::vector<float>& brightness) {
    const Point shift = gaze(time);
    const int left_edge = static_cast<int>(std::lround(shift.x * fine));
    const int top_edge = static_cast<int>(std::lround((shift.y + 1) * fine));
    for (std::int32_t y = 0; y < nmnist_sensor.height; ++y) {
      for (std::int32_t x = 0; x < nmnist_sensor.width; ++x) {
        brightness[static_cast<std::size_t>(y * nmnist_sensor.width + x)] =
            drawing[static_cast<std::size_t>((y * fine + top_edge) * extent + x * fine +
                                             left_edge)];
      }
    }
  };
  std::string bytes;
  for (const CameraEvent& event : film(nmnist_sensor, scene, 0.3, 2e-3, 0.2, 1.0, noise)) {
    const auto time = static_cast<std::uint32_t>(event.time_s * 1e6);
    bytes += static_cast<char>(event.x);
    bytes += static_cast<char>(event.y);
    bytes += static_cast<char>((event.polarity << 7) | ((time >> 16) & 0x7f));
    bytes += static_cast<char>((time >> 8) & 0xff);
    bytes += static_cast<char>(time & 0xff);
  }
  return bytes;
}

}  // namespace

void write_nmnist_samples(const std::filesystem::path& part_folder, int per_class,
                          std::uint64_t seed, const SampleProgress& progress) {
  Noise noise(seed);
  int number = 1;
  for (int take = 0; take < per_class; ++take) {
    for (int digit = 0; digit < 10; ++digit) {
      tell(progress, (take + 0.1 * digit) / per_class, part_folder);
      const auto folder = part_folder / std::to_string(digit);
      std::filesystem::create_directories(folder);
      std::string name = std::to_string(number++);
      name.insert(0, 5 - std::min<std::size_t>(5, name.size()), '0');
      write_file(folder / (name + ".bin"), written(digit, noise));
    }
  }
}

}  // namespace paralif
