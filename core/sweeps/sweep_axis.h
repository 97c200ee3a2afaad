// One setting that takes several values in a sweep.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace paralif {

struct SweepAxis {
  /// Any number from `low` to `high`, both inclusive; whole for whole settings.
  struct Range {
    double low = 0.0;
    double high = 0.0;
    bool logarithmic = false;  ///< equal chances for equal ratios

    bool operator==(const Range&) const = default;
  };

  std::string key;                  ///< of a field, such as "neuron.name"
  std::vector<std::string> values;  ///< as parse_parameter() reads them
  std::optional<Range> range;       ///< in place of values; for random sweeps

  bool operator==(const SweepAxis&) const = default;
};

/// "neuron=LIF|ParaLIF-T", "hidden=64|128,64", "learning_rate=1e-4..1e-2" or
/// "learning_rate=1e-4..1e-2,log". The name is a key, a flag, or the last part of a key. Throws
/// Error(setting) that names it, also for a value that it cannot take.
SweepAxis axis_of(const std::string& text);

/// The same text back.
std::string text_of(const SweepAxis& axis);

/// Throws Error(setting) for a field that cannot vary, a value it cannot take, or no value.
void check(const SweepAxis& axis);

/// The value of a range at `share` (0 to 1) of it, as text of six digits at most.
std::string value_at(const SweepAxis& axis, double share);

}  // namespace paralif
