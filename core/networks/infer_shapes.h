// The shape of what every layer of a network gives.
#pragma once

#include <vector>

#include "core/values/network_description.h"
#include "core/values/signal_shape.h"

namespace paralif {

/// The shape after every layer. Throws Error(setting) whose subject is the layer's id (or
/// "<id>.<key>"), such as: layer 4, conv2d "c2": expects 128 channels, gets 64.
std::vector<SignalShape> infer_shapes(const NetworkDescription& network, const SignalShape& input);

}  // namespace paralif
