// Comparisons to begin with, and a plan as a line for the terminal.
#pragma once

#include <string>
#include <vector>

#include "core/timing/timing_plan.h"
#include "core/values/text.h"

namespace paralif {

struct TimingPreset {
  std::string id;  ///< published, training, long
  Text title;
  Text description;         ///< one sentence
  TimingPlan plan;          ///< on the CPU; choose further devices
};

const std::vector<TimingPreset>& timing_presets();
/// Throws Error(setting) for an unknown one.
const TimingPreset& timing_preset(const std::string& id);

/// The `paralif timing ...` line that measures this plan.
std::string command_line_of(const TimingPlan& plan);

}  // namespace paralif
