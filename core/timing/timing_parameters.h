// The table of a timing plan's parameters: form, command line and checks follow it. What is timed
// (curves) and where (devices) are lists of their own, described in timing_plan.h.
#pragma once

#include <span>

#include "core/timing/timing_plan.h"
#include "core/values/parameter.h"

namespace paralif {

/// In the order of a form.
std::span<const Parameter<TimingPlan>> timing_parameters();

}  // namespace paralif
