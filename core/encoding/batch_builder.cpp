#include "core/encoding/batch_builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "datasets/error.h"

namespace paralif {

SpikeBatch join(std::span<const EventRows> samples, std::span<const std::int64_t> labels,
                Padding padding) {
  constexpr std::int64_t most_rows = std::int64_t{1} << 27;
  SpikeBatch batch;
  batch.samples = static_cast<std::int64_t>(samples.size());
  batch.labels.assign(labels.begin(), labels.end());
  std::int64_t events = 0;
  bool counted = false;
  for (const EventRows& sample : samples) {
    batch.steps = std::max(batch.steps, sample.steps());
    batch.inputs = sample.inputs;
    events += sample.events();
    counted = counted || std::ranges::any_of(sample.value, [](float v) { return v != 1.0F; });
  }
  if (batch.steps > most_rows / std::max<std::int64_t>(1, batch.samples)) {
    throw Error(Error::Kind::setting, "batch_size",
                fmt::format("{} samples of {} time steps do not fit into memory", batch.samples,
                            batch.steps),
                "lower the batch size or widen the time window");
  }
  batch.row_start.reserve(static_cast<std::size_t>(batch.samples * batch.steps) + 1);
  batch.row_start.push_back(0);
  batch.unit.reserve(static_cast<std::size_t>(events));
  if (counted) batch.value.reserve(static_cast<std::size_t>(events));
  for (const EventRows& sample : samples) {
    const std::int64_t before = batch.events();
    const auto empty = static_cast<std::size_t>(batch.steps - sample.steps());
    if (padding == Padding::start) {
      batch.row_start.insert(batch.row_start.end(), empty, before);
    }
    for (std::size_t step = 1; step < sample.start.size(); ++step) {
      batch.row_start.push_back(before + sample.start[step]);
    }
    if (padding == Padding::end) {
      batch.row_start.insert(batch.row_start.end(), empty, before + sample.events());
    }
    batch.unit.insert(batch.unit.end(), sample.unit.begin(), sample.unit.end());
    if (counted) batch.value.insert(batch.value.end(), sample.value.begin(), sample.value.end());
  }
  return batch;
}

void pad_to(SpikeBatch& batch, std::int64_t steps, Padding padding) {
  if (steps <= batch.steps) return;
  const auto empty = static_cast<std::size_t>(steps - batch.steps);
  std::vector<std::int64_t> starts{0};
  starts.reserve(static_cast<std::size_t>(batch.samples * steps) + 1);
  for (std::int64_t sample = 0; sample < batch.samples; ++sample) {
    if (padding == Padding::start) starts.insert(starts.end(), empty, starts.back());
    const auto from = batch.row_start.begin() + sample * batch.steps + 1;
    starts.insert(starts.end(), from, from + batch.steps);
    if (padding == Padding::end) starts.insert(starts.end(), empty, starts.back());
  }
  batch.row_start = std::move(starts);
  batch.steps = steps;
}

}  // namespace paralif
