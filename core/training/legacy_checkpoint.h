// Checkpoints and weights of version 0.1, which were TorchScript archives. Only their
// tensors and numbers are read; code in them is refused, and never run.
#pragma once

#include <filesystem>

#include "core/training/training_state.h"

namespace paralif {

/// Whether the file begins as a zip archive does.
bool is_legacy_state(const std::filesystem::path& path);

/// The optimiser's states are named "0", "1", ... in the order of the network's parameters.
/// Memory is bounded by the file's own size. Throws Error(file).
TrainingState read_legacy_state(const std::filesystem::path& path);

}  // namespace paralif
