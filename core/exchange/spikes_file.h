// The spikes of every layer for some samples, as HDF5. Private to the exchange.
#pragma once

#include <filesystem>

#include "core/training/trainer.h"

namespace paralif {

/// The first samples of a source. Layout, for every layer of neurons that fire and for "input":
///   /<layer id>/sample, step, unit   one value a spike, in the order of samples, steps and units
///   /<layer id>/shape                units in space: channels, height, width
/// and /labels, /predicted, /steps (of each sample), with the attribute time_step (s) of the root.
/// The file is whole or absent. Throws Error(file).
void write_spikes(Trainer& trainer, const SpikeSource& source, std::int64_t samples,
                  const std::filesystem::path& path);

}  // namespace paralif
