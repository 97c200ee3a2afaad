#include "core/encoding/flip_noise.h"

#include <cmath>
#include <numeric>

#include "core/values/counter_random.h"

namespace paralif {

float flip_probability(const SpikeBatch& batch, double snr_db) {
  const double bins = static_cast<double>(batch.samples) * static_cast<double>(batch.steps) *
                      static_cast<double>(batch.inputs);
  if (bins <= 0) return 0.0F;
  const double spikes = batch.value.empty()
                            ? static_cast<double>(batch.events())
                            : std::accumulate(batch.value.begin(), batch.value.end(), 0.0);
  const auto mean = static_cast<float>(spikes / bins);
  return static_cast<float>(static_cast<double>(mean) / std::pow(10.0, snr_db / 20.0));
}

SpikeBatch flipped_by_key(const SpikeBatch& batch, double snr_db, std::uint64_t key) {
  return flipped(batch, flip_probability(batch, snr_db), [key](std::uint64_t place) {
    return static_cast<float>(keyed(key, place) >> 40) * 0x1.0p-24F;
  });
}

SpikeBatch NoisySource::batch(std::span<const std::int64_t> samples, std::uint64_t draw) const {
  std::uint64_t key = keyed(draw, 0x6e6f697365ULL);
  for (const std::int64_t sample : samples) key = keyed(key, static_cast<std::uint64_t>(sample));
  return flipped_by_key(source().batch(samples, draw), snr_db_, key);
}

}  // namespace paralif
