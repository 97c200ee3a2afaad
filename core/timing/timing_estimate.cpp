// A cost model: so much a step, so much an element, and what grows faster.
#include "core/timing/timing_estimate.h"

#include <algorithm>
#include <cmath>

#include "core/experiments/trials.h"

namespace paralif {
namespace {

double elements(const TimingPoint& p) {
  return static_cast<double>(p.batch) * static_cast<double>(p.steps) *
         static_cast<double>(p.neurons);
}

bool backward(const TimingPoint& p) {
  return p.curve.pass == TimingPass::forward_backward;
}

/// Tensor operations of a few hundred elements cost microseconds each, whatever they compute.
double sequential_ms(const TimingPoint& p) {
  const bool lif = p.curve.neuron == "LIF";
  const auto steps = static_cast<double>(p.steps);
  const double step_us = (lif ? 16.0 : 22.0) * (backward(p) ? 4.0 : 1.0);
  const double element_ns = (lif ? 4.0 : 6.0) * (backward(p) ? 4.0 : 1.0);
  // The gradient of "step t of the input" is a whole input of zeros with one step filled in, so
  // the backward pass grows with the square of the length.
  const double square_ns = backward(p) ? (lif ? 0.45 : 0.9) * steps * elements(p) : 0.0;
  return (steps * step_us * 1e3 + elements(p) * element_ns + square_ns) * 1e-6;
}

double fft_ms(const TimingPoint& p) {
  const double logs = std::log2(2.0 * static_cast<double>(p.steps) + 2.0);
  return 0.3 + elements(p) * (6.0 + 1.5 * logs) * (backward(p) ? 2.5 : 1.0) * 1e-6;
}

double fused_ms(const TimingPoint& p) {
  return 0.02 + elements(p) * (backward(p) ? 4.0 : 1.5) * 1e-6;
}

}  // namespace

double estimated_ms(const TimingPoint& p) {
  if (p.curve.backend == "sequential") return sequential_ms(p);
  if (p.curve.backend == "fft") return fft_ms(p);
  if (p.curve.backend == "copy") return 0.002 + elements(p) * 1e-6;
  return fused_ms(p);
}

double estimated_bytes(const TimingPoint& p) {
  constexpr double value = 4.0;
  const auto steps = static_cast<double>(p.steps);
  if (p.curve.backend == "sequential") {
    const double kept = backward(p) ? 20.0 : 6.0;
    const double tensors = backward(p) ? 40.0 : 2.0;
    return elements(p) * value * kept + steps * tensors * 400.0;
  }
  if (p.curve.backend == "fft") return elements(p) * value * (backward(p) ? 24.0 : 14.0);
  return elements(p) * value * (backward(p) ? 6.0 : 3.0);
}

double least_bytes(const TimingPoint& p) {
  return elements(p) * 4.0 * (backward(p) ? 4.0 : 2.0);
}

int trials_within(const TimingPlan& plan, double pass_ms) {
  if (plan.budget_s <= 0.0 || !(pass_ms > 0.0)) return plan.trials;
  const double fitting = std::clamp(std::floor(plan.budget_s * 1e3 / visit_ms(pass_ms)), 3.0, 1e6);
  return std::min(plan.trials, static_cast<int>(fitting));
}

double visit_ms(double pass_ms) {
  // Short passes find their data cold after the others and are warmed up at every visit.
  return pass_ms * (passes_of_trial(pass_ms) + (pass_ms < shortest_trial_ms ? 1 : 0));
}

double estimated_seconds(const TimingPlan& plan) {
  double total_ms = 0.0;
  for (const TimingPoint& point : points_of(plan)) {
    const double pass_ms = estimated_ms(point);
    if (pass_ms > plan.limit_s * 1e3) continue;
    total_ms += visit_ms(pass_ms) * trials_within(plan, pass_ms) +
                (pass_ms < own_warm_up_ms ? pass_ms : 0.0);
  }
  return total_ms * 1e-3;
}

}  // namespace paralif
