// The published dense network as a list of layers: Linear and neurons, repeated, then a read-out
// that integrates.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/values/network_description.h"
#include "core/values/neuron_settings.h"

namespace paralif {

/// What layers may have of their own; otherwise as NeuronSettings.
struct LayerSettings {
  std::vector<double> tau_mem_s;
  std::vector<double> tau_syn_s;
  bool recurrent = false;
};

struct DenseNetworkSettings {
  std::int64_t classes = 2;
  std::vector<std::int64_t> hidden{128};
  /// The model's name; empty: LIF or ParaLIF as `neuron` says.
  std::string model{};
  bool spiking = true;  ///< false: a ReLU network without time constants
  /// Of every hidden layer; the read-out neither fires nor recurs. `neurons`, `backend` and
  /// `agreement` are no part of a description.
  NeuronSettings neuron;
  /// Of the hidden layers, then of the read-out; empty: all as `neuron`.
  std::vector<LayerSettings> layers;
  std::vector<std::int64_t> delay_max;  ///< after each hidden layer; 0 or none: no delay
  std::string delay_distribution = "normal";
  bool learn_decay_per_neuron = false;
};

/// Ids are those of the published layer list: Linear even, neurons odd; delays are "delay0", ...
/// Throws Error(setting) without a hidden layer.
NetworkDescription dense_network(const DenseNetworkSettings& settings);

}  // namespace paralif
