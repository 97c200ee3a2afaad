#include "core/encoding/binning.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "datasets/error.h"
#include "datasets/half_float.h"

namespace paralif {
namespace {

constexpr double most_steps = 1e6;

/// Source pixel of each target pixel when `from` pixels become `to` by nearest neighbour.
std::vector<std::int32_t> nearest_pixels(std::int32_t from, std::int32_t to) {
  std::vector<std::int32_t> target(static_cast<std::size_t>(from), -1);
  const double ratio = static_cast<double>(from) / to;
  for (std::int32_t pixel = 0; pixel < to; ++pixel) {
    const auto source = std::min(from - 1, static_cast<std::int32_t>(std::floor(pixel * ratio)));
    target[static_cast<std::size_t>(source)] = pixel;
  }
  return target;
}

/// time / window, rounded as numpy does when both are of the given precision.
double quotient(double time, double window, TimePrecision precision) {
  switch (precision) {
    case TimePrecision::half: {
      const float narrow = float_of_half(half_of_float(static_cast<float>(window)));
      return float_of_half(half_of_float(static_cast<float>(time) / narrow));
    }
    case TimePrecision::single:
      return static_cast<float>(time) / static_cast<float>(window);
    case TimePrecision::full:
      break;
  }
  return time / window;
}

/// The rule with its window settled for one recording, and the steps that come of it.
struct SettledRule {
  double origin = 0.0;
  double window = 1.0;
  double steps = 1.0;
};

SettledRule settle(const Recording& recording, const BinRule& rule) {
  SettledRule settled;
  const double last = recording.time.back();
  settled.origin = rule.from_first ? recording.time.front() : 0.0;
  settled.window = rule.window;
  const double span = last - settled.origin;
  if (rule.bins > 0) {
    const double width = span / static_cast<double>(rule.bins);
    // Cameras count whole ticks, so their bins are whole ticks wide.
    settled.window = rule.whole_bins ? std::max(1.0, std::floor(width)) : width;
    settled.steps = static_cast<double>(rule.bins);
  } else if (rule.whole_bins) {
    settled.steps = std::max(1.0, std::floor(span / settled.window));
  } else {
    settled.steps = std::floor(quotient(last, settled.window, recording.precision)) + 1;
  }
  return settled;
}

/// Sorts the units of a step and counts those that occur several times.
void close_step(EventRows& rows, std::vector<std::int32_t>& units) {
  std::ranges::sort(units);
  for (std::size_t i = 0; i < units.size();) {
    std::size_t next = i + 1;
    while (next < units.size() && units[next] == units[i]) ++next;
    rows.unit.push_back(units[i]);
    rows.value.push_back(static_cast<float>(next - i));
    i = next;
  }
  rows.start.push_back(rows.events());
  units.clear();
}

}  // namespace

InputGrid audio_grid(const SensorShape& sensor, std::int64_t group) {
  const auto width = static_cast<std::int32_t>(std::clamp<std::int64_t>(group, 1, sensor.width));
  InputGrid grid{{(sensor.width + width - 1) / width, 1, 1}, {}};
  for (std::int32_t channel = 0; channel < sensor.units(); ++channel) {
    grid.unit.push_back(channel / width);
  }
  return grid;
}

InputGrid image_grid(const SensorShape& sensor, PolarityChoice polarity, std::int64_t side) {
  const auto fitted = [&](std::int32_t extent) {
    return side > 0 ? static_cast<std::int32_t>(std::min<std::int64_t>(extent, side)) : extent;
  };
  const bool both = polarity == PolarityChoice::both;
  InputGrid grid{{fitted(sensor.width), fitted(sensor.height), both ? sensor.polarities : 1}, {}};
  const auto columns = nearest_pixels(sensor.width, grid.shape.width);
  const auto lines = nearest_pixels(sensor.height, grid.shape.height);
  grid.unit.assign(static_cast<std::size_t>(sensor.units()), -1);
  for (std::int32_t p = 0; p < sensor.polarities; ++p) {
    if ((polarity == PolarityChoice::off && p != 0) || (polarity == PolarityChoice::on && p != 1)) {
      continue;
    }
    for (std::int32_t y = 0; y < sensor.height; ++y) {
      for (std::int32_t x = 0; x < sensor.width; ++x) {
        const std::int32_t column = columns[static_cast<std::size_t>(x)];
        const std::int32_t line = lines[static_cast<std::size_t>(y)];
        if (column < 0 || line < 0) continue;
        grid.unit[static_cast<std::size_t>(sensor.unit(x, y, p))] =
            grid.shape.unit(column, line, both ? p : 0);
      }
    }
  }
  return grid;
}

BinRule audio_rule(double window, std::int64_t bins) {
  return {window, bins, false, false};
}
BinRule camera_rule(double window, std::int64_t bins) {
  return {window, bins, true, true};
}

EventRows bin_recording(const Recording& recording, const BinRule& rule, const InputGrid& grid,
                        const std::string& origin) {
  EventRows rows;
  rows.inputs = grid.shape.units();
  if (recording.size() == 0) {
    rows.start.resize(static_cast<std::size_t>(std::max<std::int64_t>(1, rule.bins)) + 1, 0);
    return rows;
  }
  const SettledRule settled = settle(recording, rule);
  if (!(settled.steps <= most_steps)) {
    throw Error(Error::Kind::file, origin,
                fmt::format("lasts {:.3g} time steps, more than a million", settled.steps),
                "choose a wider time window, or mend the file if its times are wrong");
  }
  const auto steps = static_cast<std::int64_t>(settled.steps);
  rows.start.reserve(static_cast<std::size_t>(steps) + 1);
  rows.unit.reserve(recording.size());
  rows.value.reserve(recording.size());
  const bool in_file_precision = rule.bins == 0 && !rule.from_first;
  const TimePrecision precision = in_file_precision ? recording.precision : TimePrecision::full;
  std::vector<std::int32_t> units;
  for (std::size_t i = 0; i < recording.size(); ++i) {
    double position = 0.0;
    if (settled.window > 0) {
      position = quotient(recording.time[i] - settled.origin, settled.window, precision);
    }
    auto step = static_cast<std::int64_t>(position);
    if (step >= steps) {
      if (rule.whole_bins) break;
      step = steps - 1;
    }
    while (rows.steps() < step) close_step(rows, units);
    const std::int32_t unit = grid.unit[recording.unit[i]];
    if (unit >= 0) units.push_back(unit);
  }
  while (rows.steps() < steps) close_step(rows, units);
  return rows;
}

}  // namespace paralif
