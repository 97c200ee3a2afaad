// Curves that say what kind of neuron it is: f-I, impulse response, intervals, mean of trials.
#pragma once

#include <cstdint>
#include <vector>

#include "core/lab/simulate.h"

namespace paralif::lab {

struct Curve {
  std::vector<double> x, y;
};

/// Rate in Hz against the height of a constant stimulus (before the gain), counted in the last
/// 60 % of `length_s`; `points` heights from `from` to `to`.
Curve rate_curve(const LabNeuron& neuron, double from, double to, int points, double length_s,
                 double time_step_s);

/// Rate in Hz of LIF and PLIF against the same heights by the formula 1 / (T_ref + T), with
/// T = time_step ln(1 - threshold / I) / ln(beta) and I the steady state of the synaptic current:
/// no rounding to whole steps. Empty for other models, and without a membrane time constant or a
/// threshold above 0.
Curve formula_rate_curve(const LabNeuron& neuron, double from, double to, int points,
                         double time_step_s);

/// Membrane against time in ms after one step of input of height 1, without threshold and
/// without background; for Izhikevich's model the deviation in mV from rest after a pulse of
/// 1 ms that is too weak to fire.
Curve impulse_response(const LabNeuron& neuron, double length_s, double time_step_s);

struct IntervalStatistics {
  std::vector<double> edges_ms;  ///< of the bins, one more than counts
  std::vector<int> counts;
  double mean_ms = 0.0;
  double variation = 0.0;  ///< coefficient of variation; 0 for fewer than two intervals
  std::size_t intervals = 0;
};

/// At most 40 bins of whole time steps.
IntervalStatistics interval_statistics(const std::vector<std::int32_t>& spikes, double time_step_s);

/// Mean spikes of trials in each bin of `bin` steps, as a rate in Hz against time in ms.
Curve mean_rate(const std::vector<std::vector<std::int32_t>>& trials, std::int64_t steps,
                std::int64_t bin, double time_step_s);

}  // namespace paralif::lab
