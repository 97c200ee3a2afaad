// The values of an imported graph in a network made from its description.
#pragma once

#include "core/exchange/nir_import.h"
#include "core/networks/network.h"

namespace paralif {

/// Throws Error(setting) where a layer has no such values.
void give_weights(Network& network, const ImportedNetwork& imported);

}  // namespace paralif
