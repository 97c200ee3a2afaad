// A training's state as an HDF5 file that ends with a checksum; see docs/decisions/0008.
//
//   /             schema, experiment
//   /network      one array for each parameter and buffer, by name
//   /optimizer    one group for each parameter: first, second, step
//   /progress     where the training stands
//   the last 24 bytes: "PLIFSUM1", the length before them, XXH64 of what is before them
#pragma once

#include <filesystem>

#include "core/training/training_state.h"

namespace paralif {

/// Writes aside and renames. Throws Error(file).
void write_state(const std::filesystem::path& path, const TrainingState& state);

/// Throws Error(file) when the file is damaged or no such file; the checksum is looked at before
/// anything else in it is.
TrainingState read_state(const std::filesystem::path& path);

}  // namespace paralif
