// Tensors by name as files of other programs. Tensors are contiguous, on the CPU, of float32, float64
// or int64; the file is whole or absent. Each throws Error(file).
#pragma once

#include <filesystem>

#include "core/networks/network.h"

namespace paralif {

/// What torch.save writes of a state_dict, and torch.load reads with weights_only too.
void write_state_dict(const NamedTensors& tensors, const std::filesystem::path& to);
/// What numpy.savez writes.
void write_npz(const NamedTensors& tensors, const std::filesystem::path& to);
/// A header of JSON, then the values (huggingface.co/docs/safetensors).
void write_safetensors(const NamedTensors& tensors, const std::filesystem::path& to);

}  // namespace paralif
