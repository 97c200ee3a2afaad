// A NIR graph as a network of ours that computes the same and trains. Without Torch.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/exchange/nir_graph.h"
#include "core/values/network_description.h"

namespace paralif {

struct ImportedNetwork {
  std::vector<std::int64_t> input;   ///< features: (units), (C, L) or (C, H, W)
  std::vector<std::int64_t> output;
  NetworkDescription network;
  /// By layer id, then by name of the layer's parameter or buffer.
  std::map<std::string, std::map<std::string, Array<double>>> tensors;
  std::map<std::string, std::string> nodes;  ///< by layer id: the node that gives what it gives
  std::vector<std::string> notes;            ///< what a user should know, as sentences
};

/// A last neuron whose threshold nothing passes is a read-out that was written so for programs that
/// know no other; the same graph with it as one.
NirGraph with_readout(NirGraph graph);

/// Understood are chains of weights, convolutions, pools, delays and neurons, neurons with a cycle
/// of weights, and what to_nir() writes of ParaLIF-T and D. Throws Error(setting) whose subject is
/// the name of the node that has no counterpart.
ImportedNetwork network_from_nir(const NirGraph& graph, double time_step_s);

}  // namespace paralif
