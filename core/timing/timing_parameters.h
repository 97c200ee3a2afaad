// The table of a timing plan's parameters: form, command line and checks follow it. What is timed
// (curves) and where (devices) are lists of their own, described in timing_plan.h.
#pragma once

#include <span>
#include <string_view>

#include "core/timing/timing_plan.h"
#include "core/values/parameter.h"

namespace paralif {

/// In the order of a form. Lengths are read by lengths_from() and written by lengths_text().
std::span<const Parameter<TimingPlan>> timing_parameters();

/// Reads a value as the command line has it. Throws Error(setting) that names the flag.
void set_timing_parameter(TimingPlan& plan, const Parameter<TimingPlan>& parameter,
                          const std::string& text);
/// Writes it as set_timing_parameter() reads it.
std::string timing_parameter_text(const TimingPlan& plan, const Parameter<TimingPlan>& parameter);

}  // namespace paralif
