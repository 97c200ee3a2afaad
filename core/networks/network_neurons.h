// Other neurons in a network.
#pragma once

#include <string>

#include "core/values/network_description.h"

namespace paralif {

/// The network with this model in all layers of neurons; they keep the values that the model knows
/// too, the others get its defaults. Unknown models are refused where the network is built.
NetworkDescription with_neurons(NetworkDescription network, const std::string& model);

}  // namespace paralif
