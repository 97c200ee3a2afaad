// How long a point and a whole plan will take, and how much memory, before anything is measured.
#pragma once

#include "core/experiments/timing/timing_plan.h"

namespace paralif {

/// One pass on a CPU core of 2020 or so, milliseconds; good within a factor of about two.
/// A running comparison replaces it by what it has measured.
double estimated_ms(const TimingPoint& point);

/// Highest memory of a pass, bytes.
double estimated_bytes(const TimingPoint& point);

/// Bytes that every implementation must move: the input read and the spikes written, and their
/// two gradients with a backward pass.
double least_bytes(const TimingPoint& point);

/// What one visit of a point costs: a trial is the mean over as many passes as fill ten
/// milliseconds, after one pass that is dropped.
inline constexpr double shortest_trial_ms = 10.0;
/// A pass longer than this needs no warming up: what a first pass adds is lost in it.
inline constexpr double own_warm_up_ms = 500.0;
/// Trials of a point whose passes take so long: as the plan says, or as many as its budget holds,
/// but three.
int trials_within(const TimingPlan& plan, double pass_ms);
int passes_of_trial(double pass_ms);
double visit_ms(double pass_ms);

/// The whole plan, seconds.
double estimated_seconds(const TimingPlan& plan);

}  // namespace paralif
