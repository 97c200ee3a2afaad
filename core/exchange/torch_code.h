// A network as a program in PyTorch that loads its weights and needs nothing else.
#pragma once

#include <string>

#include "core/networks/network.h"

namespace paralif {

/// Python for PyTorch 1.13 and later; `weights` is the file beside it that it loads, a state_dict as
/// state_for_code() names it. Throws Error(setting) with the id of a layer that it has no code for.
std::string torch_code(const Network& network, const std::string& title, const std::string& weights);

/// Parameters and buffers under the names of that program's modules.
NamedTensors state_for_code(const Network& network);

}  // namespace paralif
