#include "core/encoding/event_changes.h"

#include <algorithm>
#include <vector>

#include "core/values/counter_random.h"

namespace paralif {
namespace {

constexpr std::uint64_t lost_part = 0x6c6f7374ULL;
constexpr std::uint64_t jitter_part = 0x6a69747465ULL;

struct Event {
  std::int64_t step;
  std::int32_t unit;
  float value;
};

}  // namespace

SpikeBatch changed(const SpikeBatch& batch, const EventChanges& changes, std::uint64_t key) {
  SpikeBatch made;
  made.samples = batch.samples;
  made.steps = batch.steps;
  made.inputs = batch.inputs;
  made.labels = batch.labels;
  made.row_start.push_back(0);
  const std::uint64_t lost = keyed(key, lost_part);
  const std::uint64_t moved = keyed(key, jitter_part);
  const auto width = static_cast<double>(2 * changes.jitter + 1);
  bool counted = !batch.value.empty();
  std::vector<Event> events;
  for (std::int64_t sample = 0; sample < batch.samples; ++sample) {
    events.clear();
    for (std::int64_t step = 0; step < batch.steps; ++step) {
      const auto row = static_cast<std::size_t>(sample * batch.steps + step);
      for (std::int64_t i = batch.row_start[row]; i < batch.row_start[row + 1]; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const auto place = static_cast<std::uint64_t>(i);
        if (uniform_at(lost, place) < changes.lost) continue;
        std::int64_t to = step;
        if (changes.jitter > 0) {
          to += static_cast<std::int64_t>(uniform_at(moved, place) * width) - changes.jitter;
        }
        events.push_back({std::clamp<std::int64_t>(to, 0, batch.steps - 1), batch.unit[at],
                          batch.value.empty() ? 1.0F : batch.value[at]});
      }
    }
    std::ranges::sort(events, [](const Event& a, const Event& b) {
      return a.step != b.step ? a.step < b.step : a.unit < b.unit;
    });
    std::size_t next = 0;
    for (std::int64_t step = 0; step < batch.steps; ++step) {
      for (; next < events.size() && events[next].step == step; ++next) {
        const bool again = made.events() > made.row_start.back() &&
                           made.unit.back() == events[next].unit;
        if (again) {
          made.value.back() += events[next].value;
          counted = true;
        } else {
          made.unit.push_back(events[next].unit);
          made.value.push_back(events[next].value);
        }
      }
      made.row_start.push_back(made.events());
    }
  }
  if (!counted) made.value.clear();
  return made;
}

SpikeBatch ChangedSource::batch(std::span<const std::int64_t> samples, std::uint64_t draw) const {
  std::uint64_t key = keyed(draw, 0x6368616e67ULL);
  for (const std::int64_t sample : samples) key = keyed(key, static_cast<std::uint64_t>(sample));
  return changed(source().batch(samples, draw), changes_, key);
}

}  // namespace paralif
