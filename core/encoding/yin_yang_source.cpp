#include "core/encoding/yin_yang_source.h"

#include <numeric>

#include "core/values/counter_random.h"

namespace paralif {

SpikeBatch rate_coded(std::span<const std::array<float, 4>> points,
                      std::span<const std::int64_t> ids, std::int64_t steps, std::uint64_t draw) {
  constexpr std::size_t inputs = std::tuple_size_v<std::array<float, 4>>;
  constexpr double range = 65536.0;  // 16 bits a draw: four inputs share one hash
  SpikeBatch batch;
  batch.samples = static_cast<std::int64_t>(points.size());
  batch.steps = steps;
  batch.inputs = static_cast<std::int64_t>(inputs);
  batch.row_start.reserve(points.size() * static_cast<std::size_t>(steps) + 1);
  batch.row_start.push_back(0);
  batch.unit.reserve(points.size() * static_cast<std::size_t>(steps) * 2);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::uint64_t key = keyed(draw, static_cast<std::uint64_t>(ids[i]));
    std::array<std::uint32_t, inputs> limits{};
    for (std::size_t k = 0; k < inputs; ++k) {
      // NOLINTNEXTLINE(bugprone-incorrect-roundings): never negative
      limits[k] = static_cast<std::uint32_t>(static_cast<double>(points[i][k]) * range + 0.5);
    }
    for (std::int64_t step = 0; step < steps; ++step) {
      std::uint64_t bits = keyed(key, static_cast<std::uint64_t>(step));
      for (std::size_t k = 0; k < inputs; ++k, bits >>= 16) {
        if ((bits & 0xffffU) < limits[k]) batch.unit.push_back(static_cast<std::int32_t>(k));
      }
      batch.row_start.push_back(static_cast<std::int64_t>(batch.unit.size()));
    }
  }
  return batch;
}

YinYangSource::YinYangSource(const YinYangSplit& split, std::int64_t steps)
    : points_(yin_yang_points(split.size, split.seed)), chosen_(points_.size()), steps_(steps) {
  std::iota(chosen_.begin(), chosen_.end(), std::int64_t{0});
}

YinYangSource::YinYangSource(const YinYangSplit& split, std::vector<std::int64_t> chosen,
                             std::int64_t steps)
    : points_(yin_yang_points(split.size, split.seed)), chosen_(std::move(chosen)), steps_(steps) {}

std::int64_t YinYangSource::samples() const {
  return static_cast<std::int64_t>(chosen_.size());
}

std::int64_t YinYangSource::label(std::int64_t sample) const {
  const std::int64_t point = chosen_[static_cast<std::size_t>(sample)];
  return static_cast<std::int64_t>(points_[static_cast<std::size_t>(point)].label);
}

std::vector<PlanePoint> YinYangSource::plane_points() const {
  std::vector<PlanePoint> points;
  for (const std::int64_t place : chosen_) {
    const YinYangPoint& p = points_[static_cast<std::size_t>(place)];
    points.push_back({p.values[0], p.values[1], static_cast<std::int64_t>(p.label)});
  }
  return points;
}

SpikeBatch YinYangSource::batch(std::span<const std::int64_t> samples, std::uint64_t draw) const {
  std::vector<std::array<float, 4>> values;
  std::vector<std::int64_t> ids;
  for (const std::int64_t sample : samples) {
    ids.push_back(chosen_[static_cast<std::size_t>(sample)]);
    values.push_back(points_[static_cast<std::size_t>(ids.back())].values);
  }
  SpikeBatch batch = rate_coded(values, ids, steps_, draw);
  for (const std::int64_t sample : samples) batch.labels.push_back(label(sample));
  return batch;
}

}  // namespace paralif
