#include "core/kernels/cpu/neuron_models.h"

#include <algorithm>

#include "core/kernels/cpu/step_models.h"

namespace paralif {
namespace {

constexpr std::string_view paralif_prefix = "ParaLIF-";

std::vector<NeuronModelEntry> entries() {
  std::vector<NeuronModelEntry> all;
  NeuronModelEntry lif;
  lif.name = "LIF";
  lif.in_dense = lif.in_layers = lif.in_lab = lif.in_features = lif.in_timing = true;
  all.push_back(lif);
  NeuronModelEntry learned = lif;
  learned.name = "LIF-LT";
  learned.learns_threshold = true;
  // A layer and the lab say by a parameter whether a threshold is learned.
  learned.in_layers = learned.in_lab = learned.in_features = learned.in_timing = false;
  all.push_back(learned);
  NeuronModelEntry multi_step;
  multi_step.family = NeuronFamily::multi_step;
  multi_step.name = "SJ-LIF";
  multi_step.in_layers = true;
  all.push_back(multi_step);
  multi_step.name = "PLIF";
  multi_step.learns_tau = multi_step.in_lab = multi_step.in_features = true;
  all.push_back(multi_step);
  for (const SpikeMode mode : spike_modes()) {
    NeuronModelEntry entry;
    entry.name = std::string(paralif_prefix) + std::string(to_string(mode));
    entry.family = NeuronFamily::paralif;
    entry.mode = mode;
    entry.learns_threshold = true;
    entry.in_dense = entry.in_layers = entry.in_lab = entry.in_features = entry.in_timing = true;
    all.push_back(entry);
  }
  NeuronModelEntry izhikevich;
  izhikevich.family = NeuronFamily::izhikevich;
  izhikevich.name = "Izhikevich";
  izhikevich.in_lab = izhikevich.in_features = true;
  all.push_back(izhikevich);
  for (const StepModel& model : step_models()) {
    NeuronModelEntry entry;
    entry.name = std::string(model.facts.name);
    entry.family = NeuronFamily::stepped;
    entry.learns_threshold = true;
    entry.in_dense = entry.in_layers = entry.in_lab = entry.in_timing = true;
    all.push_back(entry);
  }
  NeuronModelEntry relu;
  relu.family = NeuronFamily::relu;
  relu.name = "ReLU";
  relu.in_dense = relu.in_layers = true;
  all.push_back(relu);
  return all;
}

}  // namespace

bool NeuronModelEntry::has_threshold() const {
  if (family == NeuronFamily::izhikevich || family == NeuronFamily::relu) return false;
  if (family != NeuronFamily::paralif) return true;
  const SpikeFunction spike_function = rule_of(mode).spike_function;
  return spike_function == SpikeFunction::threshold || spike_function == SpikeFunction::delta;
}

std::string NeuronModelEntry::short_name() const {
  return family == NeuronFamily::paralif ? std::string(to_string(mode)) : name;
}

const std::vector<NeuronModelEntry>& neuron_models() {
  static const std::vector<NeuronModelEntry> all = entries();
  return all;
}

const NeuronModelEntry* find_neuron_model(std::string_view name) {
  const auto found = std::ranges::find(neuron_models(), name, &NeuronModelEntry::name);
  return found == neuron_models().end() ? nullptr : &*found;
}

std::vector<std::string> neuron_model_names(bool NeuronModelEntry::*where) {
  std::vector<std::string> names;
  for (const NeuronModelEntry& entry : neuron_models()) {
    if (entry.*where) names.push_back(entry.name);
  }
  return names;
}

bool is_neuron_of(std::string_view name, NeuronFamily family) {
  const NeuronModelEntry* entry = find_neuron_model(name);
  return entry != nullptr && entry->is(family);
}

std::vector<std::string> backends_of(const NeuronModelEntry& model) {
  switch (model.family) {
    case NeuronFamily::paralif:
      return {"sequential", "fft", "fused"};
    case NeuronFamily::lif:
      return {"sequential", "fused"};
    default:
      return {"fused"};
  }
}

}  // namespace paralif
