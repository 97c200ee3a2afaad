// The spikes and membranes of one sample in a network.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace paralif {

struct SpikeEvent {
  std::int32_t step = 0;
  std::int32_t neuron = 0;

  bool operator==(const SpikeEvent&) const = default;
};

struct LayerActivity {
  std::string id;  ///< of the layer; "input"
  std::int64_t neurons = 0;
  std::vector<SpikeEvent> spikes;  ///< in order of steps
  double rate = 0.0;               ///< spikes per neuron and step

  bool operator==(const LayerActivity&) const = default;
};

/// One neuron over the sample's time. `layer` counts from 1 (0 is the input); the read-out is
/// the last layer and has no threshold.
struct MembraneTrace {
  std::int64_t layer = 1;
  std::int64_t neuron = 0;
  std::vector<float> membrane;  ///< one value a step; after the reset where the neuron has one
  bool has_threshold = false;
  float threshold = 0.0F;
  std::vector<std::int32_t> spike_steps;
  /// The value that crossed the threshold at each spike step, before the reset. Empty for
  /// neurons without a reset, and in recordings of older versions.
  std::vector<float> crossed;

  bool operator==(const MembraneTrace&) const = default;
};

/// What the network did with one test sample: its spikes ("spikes" has the layers), or membranes
/// ("membranes" has the traces and the read-out).
struct SampleProbe {
  std::int64_t sample = 0;  ///< index in the test set
  std::int64_t label = 0;
  std::int64_t predicted = 0;
  std::int64_t steps = 0;
  double time_step_s = 1e-3;
  /// Counted from 1: the epoch in progress or, between two epochs, the last one; 0: untrained.
  std::int64_t epoch = 0;
  std::vector<LayerActivity> layers;
  std::vector<MembraneTrace> traces;   ///< the neurons asked for
  std::vector<MembraneTrace> readout;  ///< one a class

  bool operator==(const SampleProbe&) const = default;
};

}  // namespace paralif
