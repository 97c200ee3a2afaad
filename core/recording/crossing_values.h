// The membrane of a LIF neuron at its spikes, before the reset takes it away.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/layers/layer_module.h"
#include "core/neurons/neuron_layer.h"

namespace paralif {

/// U[t] = beta U[t-1] + (1 - beta) I[t] at each spike step, from the membrane after the reset and
/// the synaptic input of one sample. Empty for neurons without a reset.
std::vector<float> crossing_values(const NeuronLayer& neurons, const LayerTrace& output,
                                   std::int64_t neuron, std::span<const std::int32_t> spike_steps);

}  // namespace paralif
