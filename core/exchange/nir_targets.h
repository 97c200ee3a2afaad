// What better-known programs read of a NIR graph. Without Torch.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/exchange/nir_graph.h"

namespace paralif {

struct NirTarget {
  std::string name;   ///< on the command line, such as "snntorch"
  std::string title;  ///< such as "snnTorch"
  std::vector<std::string> types;  ///< of nodes, besides Input and Output
  bool cycles = false;             ///< neurons with a cycle of weights
  bool resting_at_zero = false;    ///< v_leak must be 0
  bool one_threshold = false;      ///< the same for all neurons of a layer
  bool gain_over_step = false;     ///< r of CubaLIF must be tau_mem / dt
  bool gain_of_one = false;        ///< r must be 1 in LIF, LI and IF, or is taken for 1
  bool no_bias_of_convolutions = false;
  std::string source;  ///< where this was read, and when
};

/// As their import functions were in November 2026.
const std::vector<NirTarget>& nir_targets();

/// Throws Error(setting) that names what there is.
const NirTarget& nir_target(std::string_view name);

/// Says the same in the forms that the target reads: a read-out as a neuron whose threshold nothing
/// passes, Linear as Affine, r and w_in as it expects their product to be split.
NirGraph adapted(NirGraph graph, const NirTarget& target, double time_step_s);

/// What the target does not read of a graph, a sentence each; empty: it reads all.
std::vector<std::string> problems_for(const NirGraph& graph, const NirTarget& target,
                                      double time_step_s);

}  // namespace paralif
