// A user's own points of the plane, rate coded as Yin-Yang is.
#pragma once

#include <memory>
#include <vector>

#include "core/encoding/spike_source.h"
#include "datasets/readers/points_reader.h"

namespace paralif {

/// Inputs x, y, 1 - x, 1 - y, each the probability of a spike in every step.
class PointsSource : public SpikeSource {
 public:
  PointsSource(std::shared_ptr<const PointSet> set, std::vector<std::int64_t> chosen,
               std::int64_t steps);

  [[nodiscard]] std::int64_t samples() const override;
  [[nodiscard]] std::int64_t inputs() const override { return 4; }
  [[nodiscard]] std::int64_t classes() const override;
  [[nodiscard]] std::vector<std::string> class_names() const override { return set_->class_names; }
  [[nodiscard]] std::vector<std::string> notes() const override;
  [[nodiscard]] std::int64_t label(std::int64_t sample) const override;
  [[nodiscard]] std::vector<PlanePoint> plane_points() const override;
  [[nodiscard]] SpikeBatch batch(std::span<const std::int64_t> samples,
                                 std::uint64_t draw) const override;

 private:
  std::shared_ptr<const PointSet> set_;
  std::vector<std::int64_t> chosen_;
  std::int64_t steps_;
};

}  // namespace paralif
