// A trainer's state as bytes of a checkpoint file.
#pragma once

#include <filesystem>
#include <string>

#include "core/training/trainer.h"

namespace paralif {

/// Everything needed to go on exactly here: weights, optimiser, place in the training.
std::string checkpoint_of(const Trainer& trainer);

/// Throws Error(file) when the file is no checkpoint, damaged, or of another network.
void restore_checkpoint(Trainer& trainer, const std::filesystem::path& path);

/// The network's weights alone, under the published names ("0.weight", "1.threshold", ...).
std::string weights_of(const DenseNetwork& network);

}  // namespace paralif
