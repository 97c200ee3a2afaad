// One sample on its way to a batch: events in rows of time steps.
#pragma once

#include <cstdint>
#include <vector>

namespace paralif {

/// Row `step` holds the events [start[step], start[step + 1]), with units ascending and each at
/// most once. Several events of a unit in a step are one with their number as value.
struct EventRows {
  std::int64_t inputs = 0;
  std::vector<std::int64_t> start{0};  ///< steps + 1 values
  std::vector<std::int32_t> unit;
  std::vector<float> value;  ///< as many as units

  [[nodiscard]] std::int64_t steps() const { return static_cast<std::int64_t>(start.size()) - 1; }
  [[nodiscard]] std::int64_t events() const { return static_cast<std::int64_t>(unit.size()); }
};

}  // namespace paralif
