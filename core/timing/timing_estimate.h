// How long a point and a whole plan will take, and how much memory, before anything is measured.
#pragma once

#include "core/timing/timing_plan.h"

namespace paralif {

/// One pass on a CPU core of 2020 or so, milliseconds; good within a factor of about two.
/// A running comparison replaces it by what it has measured.
double estimated_ms(const TimingPoint& point);

/// Highest memory of a pass, bytes.
double estimated_bytes(const TimingPoint& point);

/// Bytes that every implementation must move: the input read and the spikes written, and their
/// two gradients with a backward pass.
double least_bytes(const TimingPoint& point);

/// Trials of a point whose passes take so long: as the plan says, or as many as its budget holds,
/// but three.
int trials_within(const TimingPlan& plan, double pass_ms);
/// What one visit of a point costs: a trial and the passes that warm it up.
double visit_ms(double pass_ms);

/// The whole plan, seconds.
double estimated_seconds(const TimingPlan& plan);

}  // namespace paralif
