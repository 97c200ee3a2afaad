// What layers and traces of a sample are called.
#pragma once

#include <QString>

#include "core/values/activity.h"

namespace paralif {

/// "Input", "Hidden 2" or, where the network names its layers, "Hidden 2 (n2)". `layer` counts from 0,
/// the input.
QString layerTitle(const SampleProbe& spikes, std::size_t layer);

/// "Hidden 1 · neuron 3" or "Read-out · class 0".
QString traceTitle(const SampleProbe& membranes, const MembraneTrace& trace);

}  // namespace paralif
