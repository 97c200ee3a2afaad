#include "core/exchange/weights_file.h"

#include <fmt/format.h>

#include "core/encoding/spike_source.h"
#include "core/exchange/weights_formats.h"
#include "core/exchange/weights_reader.h"
#include "core/kernels/cpu/neuron_models.h"
#include "core/runs/run_store.h"
#include "core/training/checkpoint.h"
#include "core/training/run_weights.h"
#include "core/training/trainer.h"

namespace paralif {
namespace {

/// The counters of spikes that the published modules keep in their state too, at 0.
void add_counters(NamedTensors& tensors, bool paralif) {
  NamedTensors counters;
  for (const auto& [name, tensor] : tensors) {
    if (!name.ends_with("._spk_threshold")) continue;
    const int layer = std::stoi(name);
    for (const auto& [linear, bias] : tensors) {
      if (linear != fmt::format("{}.bias", layer - 1)) continue;
      counters.emplace_back(fmt::format("{}.nb_spike_per_neuron", layer), torch::zeros_like(bias));
      if (!paralif) continue;
      counters.emplace_back(fmt::format("{}.nb_spike_per_neuron_rec", layer),
                            torch::zeros_like(bias));
    }
  }
  tensors.insert(tensors.end(), counters.begin(), counters.end());
}

}  // namespace

bool is_weights_file(const std::filesystem::path& path) {
  const std::string end = path.extension().string();
  return end == ".pt" || end == ".pth" || end == ".npz" || end == ".safetensors";
}

WeightsWritten write_run_weights(const std::filesystem::path& run, const std::filesystem::path& to) {
  const Experiment experiment = read_summary(run).experiment;
  const DataSplit data = open_data(experiment.dataset);
  Trainer trainer(experiment, data);
  restore_weights(trainer, weights_in(run));
  const bool dense = experiment.network.layers.layers.empty();
  NamedTensors tensors;
  WeightsWritten written;
  for (const auto& [name, tensor] : weights_of(trainer.network()).network) {
    tensors.emplace_back(dense ? published_parameter_name(name) : name, tensor.contiguous());
    written.values += tensor.numel();
    ++written.tensors;
  }
  const std::string end = to.extension().string();
  if (end == ".npz") {
    write_npz(tensors, to);
  } else if (end == ".safetensors") {
    write_safetensors(tensors, to);
  } else {
    if (dense) add_counters(tensors, is_neuron_of(experiment.neuron.name, NeuronFamily::paralif));
    write_state_dict(tensors, to);
  }
  return written;
}

}  // namespace paralif
