// The noise of the published robustness experiment: bins of spike trains are flipped by chance.
#pragma once

#include <cstdint>

#include "core/encoding/forwarded_source.h"
#include "core/values/spike_batch.h"

namespace paralif {

/// mean / 10^(snr_db / 20), the mean taken over every bin of the padded batch; float32 as in the
/// published code.
float flip_probability(const SpikeBatch& batch, double snr_db);

/// Flips bin `place` = (sample x steps + step) x inputs + unit where draw(place), uniform in
/// [0, 1), is below the probability: 0 becomes 1, and any count above 0 becomes 0.
template <typename Draw>
SpikeBatch flipped(const SpikeBatch& batch, float probability, const Draw& draw) {
  SpikeBatch noisy;
  noisy.samples = batch.samples;
  noisy.steps = batch.steps;
  noisy.inputs = batch.inputs;
  noisy.labels = batch.labels;
  noisy.row_start.push_back(0);
  const bool counted = !batch.value.empty();
  for (std::int64_t row = 0; row < batch.samples * batch.steps; ++row) {
    auto at = static_cast<std::size_t>(batch.row_start[static_cast<std::size_t>(row)]);
    const auto end = static_cast<std::size_t>(batch.row_start[static_cast<std::size_t>(row) + 1]);
    for (std::int32_t unit = 0; unit < batch.inputs; ++unit) {
      const bool spike = at < end && batch.unit[at] == unit;
      const float value = !spike ? 0.0F : counted ? batch.value[at] : 1.0F;
      if (spike) ++at;
      const bool flips = draw(static_cast<std::uint64_t>(row * batch.inputs + unit)) < probability;
      if (flips ? value != 0.0F : value == 0.0F) continue;
      noisy.unit.push_back(unit);
      if (counted) noisy.value.push_back(flips ? 1.0F : value);
    }
    noisy.row_start.push_back(noisy.events());
  }
  return noisy;
}

/// The same with draws that a key decides.
SpikeBatch flipped_by_key(const SpikeBatch& batch, double snr_db, std::uint64_t key);

/// Another source whose batches are flipped anew for every draw.
class NoisySource : public ForwardedSource {
 public:
  /// `source` must outlive this.
  NoisySource(const SpikeSource& source, double snr_db)
      : ForwardedSource(source), snr_db_(snr_db) {}

  [[nodiscard]] SpikeBatch batch(std::span<const std::int64_t> samples,
                                 std::uint64_t draw) const override;

 private:
  double snr_db_;
};

}  // namespace paralif
