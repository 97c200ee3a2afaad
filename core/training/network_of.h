// From an experiment's plain values to the network and the optimiser they describe.
#pragma once

#include <memory>

#include "core/experiments/experiment.h"
#include "core/experiments/fields.h"
#include "core/networks/dense_network.h"
#include "core/networks/network.h"
#include "core/training/layers_of.h"
#include "core/training/optimizer.h"
#include "core/training/schedule.h"

namespace paralif {

/// The neuron of an experiment's first hidden layer. Throws Error(setting).
NeuronSettings neuron_settings(const Experiment& experiment);

DenseNetworkSettings dense_settings(const Experiment& experiment, std::int64_t classes);

/// The network with its first weights, on the CPU, computed as the experiment says. Throws
/// Error(setting), also where the last layer does not give one unit a class.
std::shared_ptr<Network> make_network(const Experiment& experiment, const SignalShape& input,
                                      std::int64_t classes);

Schedule schedule_of(const TrainingSettings& training);

OptimizerSettings optimizer_settings(const Experiment& experiment);

}  // namespace paralif
