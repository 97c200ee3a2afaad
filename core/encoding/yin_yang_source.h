// Yin-Yang points as Bernoulli spike trains: each coordinate is the probability of a spike in
// every step.
#pragma once

#include <array>
#include <vector>

#include "core/encoding/spike_source.h"
#include "datasets/yin_yang.h"

namespace paralif {

/// Rate codes points of values in 0..1. Point i draws by (draw, ids[i]), so that a sample's
/// train does not depend on its neighbours in the batch. Labels are left empty.
SpikeBatch rate_coded(std::span<const std::array<float, 4>> points,
                      std::span<const std::int64_t> ids, std::int64_t steps, std::uint64_t draw);

class YinYangSource : public SpikeSource {
 public:
  YinYangSource(const YinYangSplit& split, std::int64_t steps);
  /// Only the chosen points of the split; each keeps the trains that it has in the whole.
  YinYangSource(const YinYangSplit& split, std::vector<std::int64_t> chosen, std::int64_t steps);

  [[nodiscard]] std::int64_t samples() const override;
  [[nodiscard]] std::int64_t inputs() const override { return 4; }
  [[nodiscard]] std::int64_t classes() const override { return 3; }
  [[nodiscard]] std::int64_t label(std::int64_t sample) const override;
  [[nodiscard]] std::vector<PlanePoint> plane_points() const override;
  [[nodiscard]] SpikeBatch batch(std::span<const std::int64_t> samples,
                                 std::uint64_t draw) const override;

 private:
  std::vector<YinYangPoint> points_;  ///< of the whole split
  std::vector<std::int64_t> chosen_;
  std::int64_t steps_;
};

}  // namespace paralif
