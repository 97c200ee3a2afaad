// One recording of a neuromorphic sensor: which unit fired when.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "datasets/event_flaws.h"

namespace paralif {

/// The addresses of a sensor. Audio has height 1 and one polarity; width counts its channels.
struct SensorShape {
  std::int32_t width = 1;
  std::int32_t height = 1;
  std::int32_t polarities = 1;

  [[nodiscard]] std::int32_t units() const { return width * height * polarities; }
  [[nodiscard]] std::int32_t unit(std::int32_t x, std::int32_t y, std::int32_t polarity) const {
    return (polarity * height + y) * width + x;
  }
  [[nodiscard]] bool is_image() const { return height > 1; }
  bool operator==(const SensorShape&) const = default;
};

/// The precision a file keeps its times in; bins are computed in it, as numpy would.
enum class TimePrecision : std::uint8_t { half, single, full };

/// Events in the order of their times, which never decrease and are finite and not negative.
struct Recording {
  std::vector<double> time;         ///< in ticks of the set
  std::vector<std::uint16_t> unit;  ///< SensorShape::unit of the event
  TimePrecision precision = TimePrecision::full;
  EventFlaws flaws{};  ///< of its file; only of a recording as it comes from there

  [[nodiscard]] std::size_t size() const { return time.size(); }
};

}  // namespace paralif
