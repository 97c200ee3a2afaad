// Modules of the layers of neurons.
#pragma once

#include <memory>

#include "core/layers/layer_module.h"
#include "core/layers/neuron_kind_settings.h"

namespace paralif {

/// Neurons of any model. With `recurrent`, which LIF and ParaLIF alone can be, every channel feeds
/// all channels of its place.
std::shared_ptr<LayerModule> neuron_module(const NeuronKindSettings& settings,
                                           const LayerMaking& making, bool recurrent);

}  // namespace paralif
