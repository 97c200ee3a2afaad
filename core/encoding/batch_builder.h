// Joins encoded samples into a batch, each padded with empty steps to the longest.
#pragma once

#include <cstdint>
#include <span>

#include "core/encoding/event_rows.h"
#include "core/values/spike_batch.h"

namespace paralif {

/// Where the empty steps of shorter samples stand: the published experiments have them at the start
/// of time, but for the one with learnable delays, which has them at the end.
enum class Padding : std::uint8_t { start, end };

/// Throws Error(setting) where the batch would have more rows than memory can hold.
SpikeBatch join(std::span<const EventRows> samples, std::span<const std::int64_t> labels,
                Padding padding = Padding::start);

/// Gives every sample empty steps until it has so many; nothing where it has.
void pad_to(SpikeBatch& batch, std::int64_t steps, Padding padding);

}  // namespace paralif
