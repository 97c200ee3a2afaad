#include "core/encoding/points_source.h"

#include <array>

#include "core/encoding/yin_yang_source.h"

namespace paralif {

PointsSource::PointsSource(std::shared_ptr<const PointSet> set, std::vector<std::int64_t> chosen,
                           std::int64_t steps)
    : set_(std::move(set)), chosen_(std::move(chosen)), steps_(steps) {}

std::int64_t PointsSource::samples() const {
  return static_cast<std::int64_t>(chosen_.size());
}
std::int64_t PointsSource::classes() const {
  return static_cast<std::int64_t>(set_->class_names.size());
}
std::vector<std::string> PointsSource::notes() const {
  if (set_->skipped == 0) return {};
  return {std::to_string(set_->skipped) + " rows of the table were left out: they are no points"};
}
std::int64_t PointsSource::label(std::int64_t sample) const {
  const std::int64_t point = chosen_.at(static_cast<std::size_t>(sample));
  return set_->points[static_cast<std::size_t>(point)].label;
}

std::vector<PlanePoint> PointsSource::plane_points() const {
  std::vector<PlanePoint> points;
  for (const std::int64_t place : chosen_) {
    const LabelledPoint& p = set_->points[static_cast<std::size_t>(place)];
    points.push_back({static_cast<float>(p.x), static_cast<float>(p.y), p.label});
  }
  return points;
}

SpikeBatch PointsSource::batch(std::span<const std::int64_t> samples, std::uint64_t draw) const {
  std::vector<std::array<float, 4>> values;
  std::vector<std::int64_t> ids;
  for (const std::int64_t sample : samples) {
    const std::int64_t point = chosen_.at(static_cast<std::size_t>(sample));
    const auto& [x, y, label] = set_->points[static_cast<std::size_t>(point)];
    values.push_back({static_cast<float>(x), static_cast<float>(y), static_cast<float>(1.0 - x),
                      static_cast<float>(1.0 - y)});
    ids.push_back(point);
  }
  SpikeBatch batch = rate_coded(values, ids, steps_, draw);
  for (const std::int64_t sample : samples) batch.labels.push_back(label(sample));
  return batch;
}

}  // namespace paralif
