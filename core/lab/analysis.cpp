// Curves from simulations of one neuron.
#include "core/lab/analysis.h"

#include <algorithm>
#include <cmath>

namespace paralif::lab {
namespace {

constexpr double counted = 0.6;     // part of a run where rates are counted
constexpr double settling_s = 0.3;  // of Izhikevich's model before its impulse
constexpr std::size_t most_bins = 40;

}  // namespace

Curve rate_curve(const LabNeuron& neuron, double from, double to, int points, double length_s,
                 double time_step_s) {
  Curve curve;
  const auto steps = static_cast<std::size_t>(std::max(1.0, std::round(length_s / time_step_s)));
  const auto begin = static_cast<std::int32_t>((1.0 - counted) * static_cast<double>(steps));
  for (int i = 0; i < points; ++i) {
    const double height = from + (to - from) * i / std::max(1, points - 1);
    const LabTrace trace = simulate(neuron, std::vector<double>(steps, height), time_step_s);
    const auto first = std::ranges::lower_bound(trace.spikes, begin);
    const auto count = trace.spikes.end() - first;
    double rate = static_cast<double>(count) / (counted * length_s);
    if (count >= 2) {
      rate = static_cast<double>(count - 1) / ((trace.spikes.back() - *first) * time_step_s);
    }
    curve.x.push_back(height);
    curve.y.push_back(rate);
  }
  return curve;
}

Curve formula_rate_curve(const LabNeuron& neuron, double from, double to, int points,
                         double time_step_s) {
  Curve curve;
  const bool leaky = neuron.model == LabModel::lif || neuron.model == LabModel::plif;
  const double beta = membrane_decay(neuron, time_step_s);
  if (!leaky || beta <= 0.0 || neuron.threshold <= 0.0) return curve;
  // The reference rule ignores another time than it is given.
  const double ignored_s = neuron.refractory_rule == RefractoryRule::exact
                               ? neuron.refractory_s
                               : ignored_steps(neuron, time_step_s) * time_step_s;
  const double held_s = neuron.has_refractory_time() ? ignored_s : 0.0;
  for (int i = 0; i < points; ++i) {
    const double height = from + (to - from) * i / std::max(1, points - 1);
    const double current =
        (neuron.background + neuron.gain * height) / (1.0 - synaptic_decay(neuron, time_step_s));
    double rate = 0.0;
    if (current > neuron.threshold) {
      rate =
          1.0 / (held_s + time_step_s * std::log1p(-neuron.threshold / current) / std::log(beta));
    }
    curve.x.push_back(height);
    curve.y.push_back(rate);
  }
  return curve;
}

Curve impulse_response(const LabNeuron& neuron, double length_s, double time_step_s) {
  Curve curve;
  const auto steps = static_cast<std::size_t>(std::max(1.0, std::round(length_s / time_step_s)));
  if (neuron.model == LabModel::stepped) {
    std::vector<double> impulse(steps);
    impulse.front() = neuron.gain;
    curve.y = unfired_membrane(neuron, impulse, time_step_s);
    for (std::size_t t = 0; t < steps; ++t) {
      curve.x.push_back(static_cast<double>(t) * time_step_s * 1e3);
    }
    return curve;
  }
  if (neuron.model != LabModel::izhikevich) {
    const double alpha = synaptic_decay(neuron, time_step_s);
    const double beta = membrane_decay(neuron, time_step_s);
    double current = neuron.gain;
    double membrane = 0.0;
    for (std::size_t t = 0; t < steps; ++t) {
      membrane = beta * membrane + (1.0 - beta) * current;
      current *= alpha;
      curve.x.push_back(static_cast<double>(t) * time_step_s * 1e3);
      curve.y.push_back(membrane);
    }
    return curve;
  }
  const auto before = static_cast<std::size_t>(std::round(settling_s / time_step_s));
  const auto pulse =
      std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(1e-3 / time_step_s)));
  double height = 1.0;
  LabTrace trace;
  for (int attempt = 0; attempt < 8; ++attempt, height *= 0.5) {
    std::vector<double> input(before + steps, 0.0);
    std::fill_n(input.begin() + static_cast<std::ptrdiff_t>(before), std::min(pulse, steps),
                height);
    trace = simulate(neuron, input, time_step_s);
    if (trace.spikes.empty()) break;
  }
  const double rest = before > 0 ? trace.membrane[before - 1] : neuron.biological.v0;
  for (std::size_t t = 0; t < steps; ++t) {
    curve.x.push_back(static_cast<double>(t) * time_step_s * 1e3);
    curve.y.push_back((trace.membrane[before + t] - rest) / height);
  }
  return curve;
}

IntervalStatistics interval_statistics(const std::vector<std::int32_t>& spikes,
                                       double time_step_s) {
  IntervalStatistics statistics;
  if (spikes.size() < 2) return statistics;
  std::vector<std::int32_t> intervals;
  for (std::size_t i = 1; i < spikes.size(); ++i) intervals.push_back(spikes[i] - spikes[i - 1]);
  statistics.intervals = intervals.size();
  double mean = 0.0;
  for (const auto interval : intervals) mean += interval;
  mean /= static_cast<double>(intervals.size());
  double square = 0.0;
  for (const auto interval : intervals) square += (interval - mean) * (interval - mean);
  statistics.mean_ms = mean * time_step_s * 1e3;
  if (intervals.size() >= 2) {
    statistics.variation = std::sqrt(square / static_cast<double>(intervals.size())) / mean;
  }
  const auto [low, high] = std::ranges::minmax(intervals);
  const std::int32_t first = std::max(0, low - 1);
  const auto span = static_cast<std::size_t>(high + 2 - first);
  const auto width = static_cast<std::int32_t>((span + most_bins - 1) / most_bins);
  const std::size_t bins =
      (span + static_cast<std::size_t>(width) - 1) / static_cast<std::size_t>(width);
  statistics.counts.assign(bins, 0);
  for (std::size_t bin = 0; bin <= bins; ++bin) {
    const double edge = first + static_cast<double>(bin) * width - 0.5;
    statistics.edges_ms.push_back(edge * time_step_s * 1e3);
  }
  for (const auto interval : intervals) {
    ++statistics.counts[static_cast<std::size_t>((interval - first) / width)];
  }
  return statistics;
}

Curve mean_rate(const std::vector<std::vector<std::int32_t>>& trials, std::int64_t steps,
                std::int64_t bin, double time_step_s) {
  Curve curve;
  bin = std::max<std::int64_t>(1, bin);
  const std::int64_t bins = (steps + bin - 1) / bin;
  std::vector<double> counts(static_cast<std::size_t>(bins), 0.0);
  for (const auto& trial : trials) {
    for (const std::int32_t step : trial) ++counts[static_cast<std::size_t>(step / bin)];
  }
  const double width_s = static_cast<double>(bin) * time_step_s;
  for (std::int64_t i = 0; i < bins; ++i) {
    curve.x.push_back((static_cast<double>(i) + 0.5) * width_s * 1e3);
    const double scale = std::max<double>(1.0, static_cast<double>(trials.size())) * width_s;
    curve.y.push_back(counts[static_cast<std::size_t>(i)] / scale);
  }
  return curve;
}

}  // namespace paralif::lab
