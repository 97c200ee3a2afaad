// Weights of another program as a run of an experiment. Without Torch, for front ends.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/experiments/experiment.h"

namespace paralif {

struct WeightsImport {
  std::filesystem::path run;  ///< waits for its training, with these weights
  std::int64_t tensors = 0;
  std::int64_t values = 0;
};

/// `from` is a .pt, .pth, .npz or .safetensors file whose names and shapes are those of the
/// experiment's network, by our names or the published ones. Throws Error(file) that names the
/// tensor that does not fit; nothing is made then.
WeightsImport import_weights(const std::filesystem::path& from, const Experiment& experiment,
                             const std::filesystem::path& runs_root);

}  // namespace paralif
