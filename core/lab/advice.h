// What a newcomer would take for a fault of the program: steps too coarse, thresholds out of reach.
#pragma once

#include <string>
#include <vector>

#include "core/lab/simulate.h"

namespace paralif::lab {

struct Advice {
  bool warning = false;  ///< the result depends on the time step, or is not what was meant
  std::string text;      ///< one sentence without a full stop

  bool operator==(const Advice&) const = default;
};

/// About a neuron at this time step.
std::vector<Advice> advice_on(const LabNeuron& neuron, double time_step_s);

/// The same and what its trace shows: silence and its reason, spikes as fast as steps.
std::vector<Advice> advice_on(const LabNeuron& neuron, const LabTrace& trace);

}  // namespace paralif::lab
