// A NIR graph run step by step in double precision: zero-order input, one explicit Euler step of
// every node a time step. It shares no code with the kernels, so that it can judge them.
//
//   CubaLIF  I += dt/tau_syn (w_in S - I);  v += dt/tau_mem (v_leak - v + r I), with the new I
//   LIF      v += dt/tau (v_leak - v + r x);  a spike where v > v_threshold, then v = v_reset
//   IF       v += r x (no dt);  I: v += dt r x;  LI, CubaLI: as their firing kin, without spikes
// v starts at v_leak, I at 0. A cycle is closed one step late, with 0 at first.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/exchange/nir_graph.h"

namespace paralif {

/// (time, values) of a node, row by row.
struct NirTrace {
  std::vector<std::int64_t> shape;  ///< of one step
  std::vector<double> values;       ///< steps x size of the shape
  bool spikes = false;              ///< only 0 and 1, by comparing with a threshold
};

struct NirRun {
  std::map<std::string, NirTrace> nodes;
  std::string output;  ///< name of the Output node
};

/// `input` is (steps, shape of the Input node). Throws Error(setting) whose subject is a node's
/// name, for a type that is not understood, a parameter that is missing or of a wrong shape, and
/// for what does not fit together.
NirRun run_nir(const NirGraph& graph, const Array<double>& input, double time_step_s);

/// Types of nodes that run_nir() understands.
const std::vector<std::string>& nir_types();

}  // namespace paralif
