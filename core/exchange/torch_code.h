// A network and its training as a program in PyTorch that loads its weights.
#pragma once

#include <string>

#include "core/exchange/code_flavour.h"
#include "core/experiments/experiment.h"
#include "core/networks/network.h"

namespace paralif {

struct TorchCode {
  std::string title;    ///< of the program
  std::string weights;  ///< the file beside it that it loads, as state_for_code() fills it
  CodeFlavour flavour = CodeFlavour::plain;
};

/// Python for PyTorch 1.13 and later: the network, load(), and train() with the optimiser, schedule
/// and loss of the experiment. Throws Error(setting) with the id of a layer that the flavour has no
/// code for.
std::string torch_code(const Network& network, const Experiment& experiment, const TorchCode& code);

/// Parameters and buffers under the names of that program's modules.
NamedTensors state_for_code(const Network& network, CodeFlavour flavour);

}  // namespace paralif
