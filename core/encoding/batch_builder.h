// Joins encoded samples into a batch, each padded at its start to the longest.
#pragma once

#include <span>

#include "core/encoding/event_rows.h"
#include "core/encoding/spike_batch.h"

namespace paralif {

/// Throws Error(setting) where the batch would have more rows than memory can hold.
SpikeBatch join(std::span<const EventRows> samples, std::span<const std::int64_t> labels);

}  // namespace paralif
