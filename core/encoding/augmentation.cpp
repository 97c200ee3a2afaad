#include "core/encoding/augmentation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace paralif {
namespace {

/// Targets [first, last) of each source position; sources keep their order along an axis.
struct Targets {
  std::vector<std::int64_t> first;
  std::vector<std::int64_t> last;

  Targets(std::int64_t size, double scale, std::int64_t shift)
      : first(static_cast<std::size_t>(size), 0), last(static_cast<std::size_t>(size), 0) {
    const auto sources = affine_sources(size, scale, shift);
    for (std::size_t target = 0; target < sources.size(); ++target) {
      if (sources[target] < 0) continue;
      const auto source = static_cast<std::size_t>(sources[target]);
      if (last[source] == 0) first[source] = static_cast<std::int64_t>(target);
      last[source] = static_cast<std::int64_t>(target) + 1;
    }
  }
};

/// Keeps the events for which `keep(step, unit)` holds.
void filter(EventRows& rows, const std::function<bool(std::int64_t, std::int32_t)>& keep) {
  std::size_t kept = 0;
  std::size_t event = 0;
  for (std::int64_t step = 0; step < rows.steps(); ++step) {
    const auto end = static_cast<std::size_t>(rows.start[static_cast<std::size_t>(step) + 1]);
    for (; event < end; ++event) {
      if (!keep(step, rows.unit[event])) continue;
      rows.unit[kept] = rows.unit[event];
      rows.value[kept] = rows.value[event];
      ++kept;
    }
    rows.start[static_cast<std::size_t>(step) + 1] = static_cast<std::int64_t>(kept);
  }
  rows.unit.resize(kept);
  rows.value.resize(kept);
}

/// A random run within 0..size, of up to this fraction.
std::pair<std::int64_t, std::int64_t> random_run(SampleRandom& random, std::int64_t size,
                                                 double fraction) {
  const auto most = static_cast<std::int64_t>(fraction * static_cast<double>(size));
  const std::int64_t length = random.below(most + 1);
  const std::int64_t start = random.below(size - length + 1);
  return {start, start + length};
}

}  // namespace

AffineMap draw_affine(SampleRandom& random, double shift_x, double shift_y, double scale,
                      std::int64_t width, std::int64_t height) {
  const auto shift = [&](double fraction, std::int64_t extent) {
    const double most = fraction * static_cast<double>(extent);
    return static_cast<std::int64_t>(std::nearbyint(random.uniform(-most, most)));
  };
  AffineMap map;
  map.shift_x = shift(shift_x, width);
  map.shift_y = shift(shift_y, height);
  map.scale = random.uniform(1.0 - scale, 1.0 + scale);
  return map;
}

std::vector<std::int64_t> affine_sources(std::int64_t size, double scale, std::int64_t shift) {
  std::vector<std::int64_t> sources(static_cast<std::size_t>(size));
  const double middle = 0.5 * static_cast<double>(size);
  for (std::size_t target = 0; target < sources.size(); ++target) {
    const double from_middle =
        static_cast<double>(target) + 0.5 - middle - static_cast<double>(shift);
    const double source = std::nearbyint(from_middle / scale + middle - 0.5);
    sources[target] =
        source >= 0 && source < static_cast<double>(size) ? static_cast<std::int64_t>(source) : -1;
  }
  return sources;
}

EventRows affine_in_time(const EventRows& rows, const AffineMap& map) {
  const auto times = affine_sources(rows.steps(), map.scale, map.shift_y);
  const Targets units(rows.inputs, map.scale, map.shift_x);
  EventRows moved;
  moved.inputs = rows.inputs;
  moved.start.reserve(times.size() + 1);
  moved.unit.reserve(rows.unit.size());
  moved.value.reserve(rows.value.size());
  for (const std::int64_t step : times) {
    if (step >= 0) {
      const auto end = static_cast<std::size_t>(rows.start[static_cast<std::size_t>(step) + 1]);
      auto event = static_cast<std::size_t>(rows.start[static_cast<std::size_t>(step)]);
      for (; event < end; ++event) {
        const auto unit = static_cast<std::size_t>(rows.unit[event]);
        for (std::int64_t target = units.first[unit]; target < units.last[unit]; ++target) {
          moved.unit.push_back(static_cast<std::int32_t>(target));
          moved.value.push_back(rows.value[event]);
        }
      }
    }
    moved.start.push_back(moved.events());
  }
  return moved;
}

EventRows affine_in_space(const EventRows& rows, const AffineMap& map, const SensorShape& grid) {
  const Targets columns(grid.width, map.scale, map.shift_x);
  const Targets lines(grid.height, map.scale, map.shift_y);
  EventRows moved;
  moved.inputs = rows.inputs;
  moved.start.reserve(rows.start.size());
  std::vector<std::pair<std::int32_t, float>> row;
  std::size_t event = 0;
  for (std::int64_t step = 0; step < rows.steps(); ++step) {
    const auto end = static_cast<std::size_t>(rows.start[static_cast<std::size_t>(step) + 1]);
    for (; event < end; ++event) {
      const std::int32_t unit = rows.unit[event];
      const auto x = static_cast<std::size_t>(unit % grid.width);
      const auto y = static_cast<std::size_t>(unit / grid.width % grid.height);
      const std::int32_t p = unit / (grid.width * grid.height);
      for (std::int64_t line = lines.first[y]; line < lines.last[y]; ++line) {
        for (std::int64_t column = columns.first[x]; column < columns.last[x]; ++column) {
          row.emplace_back(
              grid.unit(static_cast<std::int32_t>(column), static_cast<std::int32_t>(line), p),
              rows.value[event]);
        }
      }
    }
    std::ranges::sort(row);
    for (const auto& [unit, value] : row) {
      moved.unit.push_back(unit);
      moved.value.push_back(value);
    }
    row.clear();
    moved.start.push_back(moved.events());
  }
  return moved;
}

void mask_steps(EventRows& rows, SampleRandom& random, double fraction) {
  const auto [first, last] = random_run(random, rows.steps(), fraction);
  filter(rows, [first = first, last = last](std::int64_t step, std::int32_t) {
    return step < first || step >= last;
  });
}

void mask_units(EventRows& rows, SampleRandom& random, double fraction) {
  const auto [first, last] = random_run(random, rows.inputs, fraction);
  filter(rows, [first = first, last = last](std::int64_t, std::int32_t unit) {
    return unit < first || unit >= last;
  });
}

}  // namespace paralif
