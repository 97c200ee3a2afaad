// A source whose random trains are drawn once, as the published Yin-Yang set has them.
#pragma once

#include "core/encoding/spike_source.h"

namespace paralif {

/// Another source with one draw of its own for all epochs: the trains of every epoch, and of every
/// seed of the training, are those of the first.
class DrawnOnce : public SpikeSource {
 public:
  DrawnOnce(std::unique_ptr<SpikeSource> source, std::uint64_t draw)
      : source_(std::move(source)), draw_(draw) {}

  [[nodiscard]] std::int64_t samples() const override { return source_->samples(); }
  [[nodiscard]] std::int64_t inputs() const override { return source_->inputs(); }
  [[nodiscard]] std::int64_t classes() const override { return source_->classes(); }
  [[nodiscard]] std::int64_t label(std::int64_t sample) const override {
    return source_->label(sample);
  }
  [[nodiscard]] double step_s() const override { return source_->step_s(); }
  [[nodiscard]] std::vector<std::string> class_names() const override {
    return source_->class_names();
  }
  [[nodiscard]] std::vector<std::string> notes() const override { return source_->notes(); }
  [[nodiscard]] std::vector<PlanePoint> plane_points() const override {
    return source_->plane_points();
  }
  [[nodiscard]] SpikeBatch batch(std::span<const std::int64_t> samples,
                                 std::uint64_t) const override {
    return source_->batch(samples, draw_);
  }

 private:
  std::unique_ptr<SpikeSource> source_;
  std::uint64_t draw_;
};

}  // namespace paralif
