// A run that waits for its training, with weights from elsewhere.
#pragma once

#include <filesystem>

#include "core/experiments/experiment.h"

namespace paralif {

class Trainer;

/// A folder with the trainer's state as its checkpoint, whole or absent. Throws Error(file).
std::filesystem::path make_queued_run(const std::filesystem::path& runs_root,
                                      const Experiment& experiment, const Trainer& trainer);

}  // namespace paralif
