// What a trial of a measurement is, the same for the benchmark and the running-time comparison.
#pragma once

namespace paralif {

/// A trial is the mean over as many passes as fill so long, after one that is dropped where there
/// are several: it finds its data cold after the others.
inline constexpr double shortest_trial_ms = 10.0;

/// A pass longer than this needs no warming up: what a first pass adds is lost in it.
inline constexpr double own_warm_up_ms = 500.0;

/// 1 to 1000; 1 where `pass_ms` is not positive.
int passes_of_trial(double pass_ms);

}  // namespace paralif
