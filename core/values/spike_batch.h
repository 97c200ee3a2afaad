// A batch of spike trains as events: memory follows the number of spikes, not of time bins.
#pragma once

#include <cstdint>
#include <vector>

namespace paralif {

/// Compressed rows: row r = sample x steps + step holds the events
/// [row_start[r], row_start[r + 1]), with units ascending and each at most once.
struct SpikeBatch {
  std::int64_t samples = 0;
  std::int64_t steps = 0;               ///< of every sample; shorter ones have empty steps besides
  std::int64_t inputs = 0;              ///< units of a step
  std::vector<std::int64_t> row_start;  ///< samples x steps + 1 values
  std::vector<std::int32_t> unit;       ///< 0..inputs - 1
  std::vector<float> value;             ///< spikes in the bin; empty: every event counts 1
  std::vector<std::int64_t> labels;     ///< one a sample

  [[nodiscard]] std::int64_t events() const { return static_cast<std::int64_t>(unit.size()); }
  /// Events a bin, 0..1.
  [[nodiscard]] double density() const {
    const double bins =
        static_cast<double>(samples) * static_cast<double>(steps) * static_cast<double>(inputs);
    return bins > 0 ? static_cast<double>(events()) / bins : 0.0;
  }
};

}  // namespace paralif
