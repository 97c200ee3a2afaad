#include "core/training/checkpoint.h"

#include "core/training/legacy_checkpoint.h"
#include "core/training/state_file.h"

namespace paralif {

void restore_checkpoint(Trainer& trainer, const std::filesystem::path& path) {
  const bool legacy = is_legacy_state(path);
  TrainingState state = legacy ? read_legacy_state(path) : read_state(path);
  if (legacy) {
    // Their optimiser's states are in the order of the parameters.
    std::map<std::string, OptimizerState> named;
    std::size_t index = 0;
    for (const auto& [name, tensor] : trainer.network().trained_tensors()) {
      const auto slot = state.optimizer.find(std::to_string(index++));
      if (slot != state.optimizer.end()) named[name] = slot->second;
    }
    if (named.size() == state.optimizer.size()) state.optimizer = std::move(named);
  }
  trainer.restore(state, path.string());
}

void restore_weights(Trainer& trainer, const std::filesystem::path& path) {
  const TrainingState state = is_legacy_state(path) ? read_legacy_state(path) : read_state(path);
  trainer.restore_weights(state, path.string());
}

TrainingState weights_of(const Network& network) {
  TrainingState state;
  const auto add = [&](const NamedTensors& tensors) {
    for (const auto& [name, tensor] : tensors) {
      state.network[name] = tensor.detach().to(torch::kCPU).clone();
    }
  };
  add(network.trained_tensors());
  add(network.kept_tensors());
  return state;
}

}  // namespace paralif
