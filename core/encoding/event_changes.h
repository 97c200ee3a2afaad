// Spike trains as a worse sensor would give them: spikes are lost or come at another time.
#pragma once

#include <cstdint>

#include "core/encoding/spike_source.h"
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
class ChangedSource : public SpikeSource {
 public:
  /// `source` must outlive this.
  ChangedSource(const SpikeSource& source, EventChanges changes)
      : source_(source), changes_(changes) {}

  [[nodiscard]] std::int64_t samples() const override { return source_.samples(); }
  [[nodiscard]] std::int64_t inputs() const override { return source_.inputs(); }
  [[nodiscard]] std::vector<std::int64_t> features() const override { return source_.features(); }
  [[nodiscard]] std::int64_t classes() const override { return source_.classes(); }
  [[nodiscard]] std::int64_t label(std::int64_t sample) const override {
    return source_.label(sample);
  }
  [[nodiscard]] double step_s() const override { return source_.step_s(); }
  [[nodiscard]] std::vector<std::string> class_names() const override {
    return source_.class_names();
  }
  [[nodiscard]] std::vector<std::string> notes() const override { return source_.notes(); }
  [[nodiscard]] SpikeBatch batch(std::span<const std::int64_t> samples,
                                 std::uint64_t draw) const override;

 private:
  const SpikeSource& source_;
  EventChanges changes_;
};

}  // namespace paralif
