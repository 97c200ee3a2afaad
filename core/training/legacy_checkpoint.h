// Checkpoints and weights of version 0.1, which were TorchScript archives. Only their
// tensors and numbers are read; code in them is refused, and never run.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/training/training_state.h"

namespace paralif {

/// Whether the file begins as a zip archive does.
bool is_legacy_state(const std::filesystem::path& path);

/// Whether it is one of version 0.1's, not a state_dict. Throws Error(file) where it is no archive.
bool is_torchscript(const std::filesystem::path& path);

/// The optimiser's states are named "0", "1", ... in the order of the network's parameters.
/// Memory is bounded by the file's own size. Throws Error(file).
TrainingState read_legacy_state(const std::filesystem::path& path);

/// The tensors of a state_dict as torch.save writes it, by name, on the CPU wherever they were.
/// Nothing in the file is executed, and what a state_dict has no use for is refused by name.
/// Throws Error(file).
std::map<std::string, torch::Tensor> read_state_dict(const std::filesystem::path& path);

}  // namespace paralif
