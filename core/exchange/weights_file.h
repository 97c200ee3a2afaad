// A run's weights for other programs. Without Torch, for front ends.
#pragma once

#include <cstdint>
#include <filesystem>

namespace paralif {

struct WeightsWritten {
  std::int64_t tensors = 0;
  std::int64_t values = 0;
};

/// Whether `path` ends as one of the formats does: .pt or .pth (a state_dict for torch.load, of
/// plain tensors, which weights_only takes), .safetensors, .npz (for numpy.load).
bool is_weights_file(const std::filesystem::path& path);

/// Writes what training changes and what a trained network keeps (running means), those of
/// a dense network under the published names. The file is whole or absent. Throws Error(file).
WeightsWritten write_run_weights(const std::filesystem::path& run, const std::filesystem::path& to);

}  // namespace paralif
