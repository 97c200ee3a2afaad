// A trained network as a NIR graph.
//
// With the Euler step of the time step dt, which importers take:
//   LIF          CubaLIF  tau_syn = dt/(1 - alpha), tau_mem = dt/(1 - beta), r = 1,
//                         w_in = 1/(1 - alpha), v_leak = v_reset = 0
//   ParaLIF-T    CubaLI and a Threshold; ST, TT and TRT the same, since their squashing is monotone
//   ParaLIF-D    CubaLI, the same a step earlier times -1, and a Threshold of their sum
//   read-out     CubaLI
//   SJ-LIF, PLIF LIF tau = tau dt, r = 1 (or tau without decay_input); spikes at the threshold too
//   batch norm   folded into the weights before it
// What NIR cannot say is refused by its layer: stochastic neurons, soft resets, learned delays, ...
#pragma once

#include <torch/types.h>

#include "core/exchange/nir_graph.h"
#include "core/networks/network.h"

namespace paralif {

/// The time step a graph is to be run with: that of the first LIF or ParaLIF neurons, else
/// `otherwise`.
double nir_time_step_s(const Network& network, double otherwise);

/// Throws Error(setting) whose subject is the layer's id. With `approximations` some of what NIR
/// cannot say is written as what comes nearest, and a sentence on each is added there:
///   firing by chance        the threshold of the membrane at which half of the steps fire
///   change of a squashed    change of the membrane, by the slope of the squashing at rest
///   refractory period       none
///   soft reset              a reset to 0
///   ALIF                    LIF with the threshold of a neuron at rest
NirGraph to_nir(const Network& network, double time_step_s,
                std::vector<std::string>* approximations = nullptr);

}  // namespace paralif
