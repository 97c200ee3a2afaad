// The published trainings of networks from lists of layers, and small ones to try on two cores.
#pragma once

#include <vector>

#include "core/experiments/presets.h"

namespace paralif {

/// One for each of network_presets(), under the same name.
std::vector<Preset> network_experiments();

}  // namespace paralif
