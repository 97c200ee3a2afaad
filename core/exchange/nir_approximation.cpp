#include "core/exchange/nir_approximation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace paralif {
namespace {

/// Of a step, within which a delay counts as whole: float32 seconds are no exact multiples.
constexpr double rounding = 1e-3;

void round_delays(NirNode& node, double dt, std::vector<std::string>& notes) {
  const auto delay = node.values.find("delay");
  if (delay == node.values.end()) return;
  double farthest = 0.0;
  for (double& seconds : delay->second.values) {
    const double exact = seconds / dt;
    if (!std::isfinite(exact)) continue;
    farthest = std::max(farthest, std::abs(exact - std::round(exact)));
    seconds = std::round(exact) * dt;
  }
  if (farthest <= rounding) return;
  notes.push_back(
      fmt::format("{}: delays are rounded to whole steps of {:g} s, by up to {:.2g} of a step",
                  node.name, dt, farthest));
}

void lengthen(NirNode& node, double dt, std::vector<std::string>& notes) {
  for (const char* key : {"tau", "tau_mem", "tau_syn"}) {
    const auto found = node.values.find(key);
    if (found == node.values.end()) continue;
    std::size_t changed = 0;
    for (double& tau : found->second.values) {
      if (!(tau > 0 && tau < dt)) continue;
      tau = dt;
      ++changed;
    }
    if (changed == 0) continue;
    notes.push_back(
        fmt::format("{}: {} of {} values of '{}' are below the time step of {:g} s and become it",
                    node.name, changed, found->second.values.size(), key, dt));
  }
}

}  // namespace

NirGraph approximated(NirGraph graph, double time_step_s, std::vector<std::string>& notes) {
  for (NirNode& node : graph.nodes) {
    if (node.type == "Delay") round_delays(node, time_step_s, notes);
    lengthen(node, time_step_s, notes);
  }
  return graph;
}

}  // namespace paralif
