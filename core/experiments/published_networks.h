// The published convolutional and delay networks as lists of layers. Layer ids are the published
// module names with '_' for '.', so that weights keep their names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/values/network_description.h"

namespace paralif {

/// Neurons of a published network; what a model has no use for is ignored.
struct NetworkNeuron {
  std::string model = "ParaLIF-T";  ///< a model of the neuron layer
  std::optional<double> tau_mem_s;
  std::optional<double> tau_syn_s;
  bool learn_tau = false;
  std::string tau_init = "logit";
  std::optional<double> threshold;  ///< none: the network's own
  bool recurrent = false;
  bool feed_spikes = false;               ///< with recurrence: spikes, not relu(membrane)
  std::optional<double> tau_steps;        ///< SJ-LIF and PLIF; none: the network's own
  std::optional<bool> detach_reset;       ///< SJ-LIF and PLIF; none: the network's own
  std::string surrogate = "atan";
  std::optional<double> surrogate_scale;  ///< none: the network's own
};

/// plif_net: stages of conv 3x3, batch norm, neurons, pooling; two linear layers; groups of ten
/// vote. Input (2, side, side). The sum over time is the number of spikes of a class.
struct PlifNet {
  std::int64_t side = 34;
  std::int64_t channels = 128;
  std::int64_t stages = 2;
  std::int64_t classes = 10;
  bool max_pool = true;
  double dropout = 0.5;
  NetworkNeuron neuron;
};
NetworkDescription plif_net(const PlifNet& net);

/// Sequential CIFAR-10: a column of the image is a step. Input (3, 32); the mean over time counts.
struct SequentialCifar10 {
  std::int64_t channels = 128;
  std::int64_t groups = 2;
  std::int64_t convolutions = 3;  ///< a group
  std::int64_t length = 32;       ///< of a column
  std::int64_t hidden = 256;
  std::int64_t classes = 10;
  NetworkNeuron neuron;
};
NetworkDescription sequential_cifar10(const SequentialCifar10& net);

/// Learnable delays: blocks of linear with delays, batch norm, neurons, dropout; then a read-out
/// that gives its membrane.
struct DelayNet {
  std::int64_t hidden = 256;
  std::int64_t blocks = 2;
  std::int64_t classes = 20;
  std::int64_t taps = 25;
  std::int64_t padding_before = 24;
  std::int64_t padding_after = 12;
  std::string kernel = "gauss";
  double sigma = 12.0;
  double dropout = 0.4;
  NetworkNeuron neuron;
};
NetworkDescription delay_net(const DelayNet& net);

}  // namespace paralif
