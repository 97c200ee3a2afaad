// Spike trains as a worse sensor would give them: spikes are lost or come at another time.
#pragma once

#include <cstdint>

#include "core/encoding/forwarded_source.h"
#include "core/values/spike_batch.h"

namespace paralif {

struct EventChanges {
  double lost = 0.0;        ///< chance of an event to be left out, 0 to 1
  std::int64_t jitter = 0;  ///< an event moves by a whole number of steps, -jitter to jitter alike

  [[nodiscard]] bool any() const { return lost > 0 || jitter > 0; }
};

/// Decided by the key and by the event's place in the batch. Events stay within the sample; those
/// that meet in one bin are added up.
SpikeBatch changed(const SpikeBatch& batch, const EventChanges& changes, std::uint64_t key);

/// Another source whose batches are changed, by the same events for every draw of the same key.
class ChangedSource : public ForwardedSource {
 public:
  /// `source` must outlive this.
  ChangedSource(const SpikeSource& source, EventChanges changes)
      : ForwardedSource(source), changes_(changes) {}

  [[nodiscard]] SpikeBatch batch(std::span<const std::int64_t> samples,
                                 std::uint64_t draw) const override;

 private:
  EventChanges changes_;
};

}  // namespace paralif
