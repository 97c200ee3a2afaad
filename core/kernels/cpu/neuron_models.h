// Every neuron model by the name that a user chooses it by, and where it can be chosen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/neuron_settings.h"

namespace paralif {

enum class NeuronFamily : std::uint8_t {
  lif,         ///< with the published reset
  paralif,     ///< a linear filter and a spike function, without a reset
  multi_step,  ///< SpikingJelly's LIF and PLIF
  stepped,     ///< a model of step_models()
  izhikevich,
  relu  ///< no spikes
};

struct NeuronModelEntry {
  std::string name;  ///< such as "ParaLIF-TRD"
  NeuronFamily family = NeuronFamily::lif;
  SpikeMode mode = SpikeMode::t;  ///< of ParaLIF
  bool learns_threshold = false;  ///< in the dense network
  bool learns_tau = false;        ///< by its definition: PLIF
  bool in_dense = false;          ///< a choice of the field neuron.name
  bool in_layers = false;         ///< a choice of the kinds neuron and recurrent_neuron
  bool in_lab = false;
  bool in_features = false;  ///< a column of the tables of features
  bool in_timing = false;

  [[nodiscard]] bool is(NeuronFamily which) const { return family == which; }
  /// Whether a threshold decides what it spikes.
  [[nodiscard]] bool has_threshold() const;
  /// "TRD" of "ParaLIF-TRD", else the name.
  [[nodiscard]] std::string short_name() const;
};

/// In the order of a table. Made once: models are registered before anything asks.
const std::vector<NeuronModelEntry>& neuron_models();

/// Null for an unknown name.
const NeuronModelEntry* find_neuron_model(std::string_view name);

/// The names of those that can be chosen somewhere, such as &NeuronModelEntry::in_lab.
std::vector<std::string> neuron_model_names(bool NeuronModelEntry::*where);

/// Whether a name is one of that family.
bool is_neuron_of(std::string_view name, NeuronFamily family);

/// The ways in which a model can be computed: of sequential, fft and fused those that it has.
std::vector<std::string> backends_of(const NeuronModelEntry& model);

}  // namespace paralif
