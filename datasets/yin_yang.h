// The Yin-Yang dataset: points of the plane in three classes, exactly as published.
//
// Source: Kriener, Göltz, Petrovici, "The Yin-Yang dataset", NICE 2022, with the seeds and the
// numpy generator of the ParaLIF experiments.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace paralif {

/// Classes in the order of their labels.
enum class YinYangClass : std::uint8_t { yang = 0, yin = 1, dot = 2 };

struct YinYangPoint {
  std::array<float, 4> values;  ///< x, y, 1 - x, 1 - y; each in 0..1
  YinYangClass label;
};

struct YinYangShape {
  double radius_big = 0.5;
  double radius_small = 0.1;
};

/// The class of a point inside the big circle centred at (radius_big, radius_big).
YinYangClass yin_yang_class(double x, double y, const YinYangShape& shape = {});

/// Whether a point lies inside the big circle.
bool yin_yang_inside(double x, double y, const YinYangShape& shape = {});

/// The points that the published generator draws for a size and a seed.
std::vector<YinYangPoint> yin_yang_points(std::size_t size, std::uint32_t seed,
                                          const YinYangShape& shape = {});

struct YinYangSplit {
  std::size_t size;
  std::uint32_t seed;
};
inline constexpr YinYangSplit yin_yang_train{5000, 42};
inline constexpr YinYangSplit yin_yang_test{1000, 40};

}  // namespace paralif
