// Results made by hand, for the tests of files, figures and views.
#pragma once

#include "core/timing/timing_results.h"

namespace paralif::testing {

/// Two curves at three lengths; sequential grows with the length, fused a hundredth of it; the
/// last fused point ran out of memory.
inline TimingResults smallResults() {
  TimingResults results;
  results.started = "2024-05-01 14:03:22";
  results.status = "finished";
  results.plan.title = "By hand";
  results.plan.curves = {{"LIF", "sequential"}, {"ParaLIF-T", "fused"}};
  results.plan.lengths = {10, 100, 1000};
  results.plan.trials = 3;
  results.machine.host.cpu = "A \"CPU\", quoted";
  results.machine.host.cores = 2;
  results.machine.host.threads = 2;
  results.machine.host.memory_gib = 8.0;
  results.machine.copy_gb_s = 10.0;
  results.machine.load = 0.25;
  for (const TimingPoint& point : points_of(results.plan)) {
    TimingResult result{point, {}, {}};
    const auto steps = static_cast<double>(point.steps);
    const double ms = point.curve.neuron == "LIF" ? 0.01 * steps : 1e-4 * steps;
    result.trials_ms = {ms, 1.1 * ms, 0.9 * ms};
    if (point.curve.neuron != "LIF" && point.steps == 1000) {
      result.trials_ms.clear();
      result.problem = "out of memory: a pass needs about 9.0 GiB";
    }
    results.points.push_back(result);
  }
  for (const std::int64_t steps : results.plan.lengths) {
    TimingResult copy;
    copy.point = {{"", "copy"}, {}, 1, steps, 128};
    // 128 x steps floats read and written at 10 GB/s.
    copy.trials_ms = {static_cast<double>(steps) * 128 * 8 / 10e9 * 1e3};
    results.copies.push_back(std::move(copy));
  }
  return results;
}

inline bool sameTimings(const TimingResults& a, const TimingResults& b) {
  if (a.points.size() != b.points.size() || !(a.plan == b.plan)) return false;
  for (const TimingResult& point : a.points) {
    const TimingPoint& p = point.point;
    const TimingResult* other = find_point(b, p.curve, p.device, p.steps);
    if (other == nullptr || other->trials_ms != point.trials_ms ||
        other->problem != point.problem) {
      return false;
    }
  }
  return a.started == b.started && a.status == b.status &&
         a.machine.host.cpu == b.machine.host.cpu && a.machine.copy_gb_s == b.machine.copy_gb_s;
}

}  // namespace paralif::testing
