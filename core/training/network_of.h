// From an experiment's plain values to the network and the optimiser they describe.
#pragma once

#include "core/experiments/experiment.h"
#include "core/experiments/fields.h"
#include "core/networks/dense_network.h"
#include "core/training/optimizer.h"

namespace paralif {

/// The neuron of an experiment's first hidden layer. Throws Error(setting).
NeuronSettings neuron_settings(const Experiment& experiment);

DenseNetworkSettings network_settings(const Experiment& experiment, std::int64_t inputs,
                                      std::int64_t classes);

OptimizerSettings optimizer_settings(const Experiment& experiment);

}  // namespace paralif
