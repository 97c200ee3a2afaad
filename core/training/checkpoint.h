// A trainer's state in checkpoint files, new and old.
#pragma once

#include <filesystem>

#include "core/training/trainer.h"
#include "core/training/training_state.h"

namespace paralif {

/// Throws Error(file) when the file is no checkpoint, damaged, or of another experiment; the
/// trainer is then as it was.
void restore_checkpoint(Trainer& trainer, const std::filesystem::path& path);

/// The weights of a file of weights or of a checkpoint, whatever its training was. Throws
/// Error(file) for those of another network.
void restore_weights(Trainer& trainer, const std::filesystem::path& path);

/// The network's weights alone, under the published names ("0.weight", "1.threshold", ...).
TrainingState weights_of(const Network& network);

}  // namespace paralif
