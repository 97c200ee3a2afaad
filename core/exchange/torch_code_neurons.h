// Neurons of a layer as an expression in Python, for each flavour of a program. Private to
// torch_code.cpp.
#pragma once

#include <functional>
#include <string>

#include "core/exchange/code_flavour.h"
#include "core/networks/network.h"
#include "core/neurons/neuron_layer.h"

namespace paralif::code {

struct NeuronPlace {
  const NeuronLayer& layer;
  SignalShape input;
  /// Throws with what this layer has that the flavour has not.
  std::function<void(const std::string&)> refuse;
};

/// "True" or "False".
const char* python(bool value);

/// A constructor call of one of the program's classes.
std::string neurons_expression(const NeuronPlace& place, CodeFlavour flavour);

/// The layer's parameters and buffers as that constructor's module names them.
NamedTensors neurons_state(const NeuronLayer& layer, const SignalShape& input, CodeFlavour flavour);

}  // namespace paralif::code
