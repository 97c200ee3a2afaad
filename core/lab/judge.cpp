// From protocols to findings.
#include "core/lab/judge.h"

#include <algorithm>
#include <cmath>

#include "core/lab/simulate.h"

namespace paralif::lab {
namespace {

constexpr int halvings = 16;          // of the search for the smallest current that fires
constexpr double least_scale = 1e-6;  // where it begins, as a part of the amplitude
constexpr double just_above = 1.02;   // times the smallest current: where the onset is judged

/// All runs of a protocol on a bench, without the spikes of the settling time.
class Runs {
 public:
  Runs(Feature feature, const ProtocolSettings& settings, Bench& bench, bool membrane = false)
      : settled_ms_(0.5 * settings.lead_ms) {
    for (const ProtocolRun& run : protocol_runs(feature, settings)) {
      responses_.emplace_back();
      bench.run(run.stimulus, {}, membrane, responses_.back());
      for (Response& response : responses_.back()) settle(response.times_ms);
      end_ms_ = run.stimulus.duration_s * 1e3;
    }
  }
  [[nodiscard]] const Times& times(std::size_t run, std::size_t neuron) const {
    return responses_[run][neuron].times_ms;
  }
  [[nodiscard]] const std::vector<double>& membrane(std::size_t run, std::size_t neuron) const {
    return responses_[run][neuron].membrane;
  }
  [[nodiscard]] std::size_t count() const { return responses_.size(); }
  [[nodiscard]] double end_ms() const { return end_ms_; }

 private:
  void settle(Times& times) const {
    times.erase(times.begin(), std::ranges::lower_bound(times, settled_ms_));
  }

  double settled_ms_;
  double end_ms_ = 0.0;
  std::vector<std::vector<Response>> responses_;
};

constexpr double steady_part = 0.4;  // the end of the step, where rates are counted

/// Spikes per ms at the end of the step.
double steady_rate(const Times& times, Window step) {
  const double counted = steady_part * step.length();
  const auto first = std::ranges::lower_bound(times, step.end - counted);
  const auto last = std::ranges::lower_bound(times, step.end);
  const auto count = last - first;
  if (count < 2) return static_cast<double>(count) / counted;
  return static_cast<double>(count - 1) / (*(last - 1) - *first);
}

/// The scales at which the input, a background of the counted sign included, is larger by a
/// factor.
std::vector<double> enlarged(const Bench& bench, std::vector<double> scales, double height,
                             double factor, bool count_negative) {
  for (std::size_t i = 0; i < scales.size(); ++i) {
    const double driven = bench.neuron(i).gain * height;
    double background = bench.neuron(i).background;
    if (background < 0.0 && !(count_negative && background + driven * scales[i] > 0.0)) {
      background = 0.0;
    }
    scales[i] = factor * scales[i] + (factor - 1.0) * background / driven;
  }
  return scales;
}

std::vector<Finding> judge_excitability(Feature feature, const ProtocolSettings& settings,
                                        Bench& bench) {
  const Stimulus step = protocol_runs(feature, settings).front().stimulus;
  const Window window = protocol_event(feature, settings);
  const std::size_t n = bench.size();
  std::vector<Response> responses;
  const auto rates_at = [&](const std::vector<double>& scales) {
    bench.run(step, scales, false, responses);
    std::vector<double> rates(n);
    for (std::size_t i = 0; i < n; ++i) rates[i] = steady_rate(responses[i].times_ms, window);
    return rates;
  };
  const auto at_rest = rates_at(std::vector<double>(n, 0.0));
  const auto at_least = rates_at(std::vector<double>(n, least_scale));
  const auto at_most = rates_at(std::vector<double>(n, 1.0));
  std::vector<double> low(n, least_scale);
  std::vector<double> high(n, 1.0);
  for (int halving = 0; halving < halvings; ++halving) {
    std::vector<double> middle(n);
    for (std::size_t i = 0; i < n; ++i) middle[i] = std::sqrt(low[i] * high[i]);
    const auto rates = rates_at(middle);
    for (std::size_t i = 0; i < n; ++i) (rates[i] > 0.0 ? high : low)[i] = middle[i];
  }
  const double height = settings.amplitude;
  const auto onset = rates_at(enlarged(bench, high, height, just_above, true));
  const auto at_twice = rates_at(enlarged(bench, high, height, 2.0 * just_above, false));
  std::vector<Finding> findings(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (at_rest[i] > 0.0 || at_least[i] > 0.0) {
      findings[i] = {false, 0.0, "fires without any current"};
    } else if (at_most[i] <= 0.0) {
      findings[i] = {false, 0.0, "no steady firing at any constant current"};
    } else if (feature == Feature::class_1) {
      findings[i] = class_1(onset[i], at_twice[i]);
    } else {
      findings[i] = class_2(onset[i], at_twice[i], steady_part * window.length());
    }
  }
  return findings;
}

template <typename One>
std::vector<Finding> each(std::size_t n, One&& one) {
  std::vector<Finding> findings(n);
  for (std::size_t i = 0; i < n; ++i) findings[i] = one(i);
  return findings;
}

/// Membrane from a time on, and its value just before the event.
struct Tail {
  std::vector<double> values;
  double rest;
};
Tail tail_of(const std::vector<double>& membrane, const ProtocolSettings& s, double from_ms) {
  const double step_ms = s.time_step_s * 1e3;
  const auto at = [&](double ms) {
    return std::min(static_cast<std::size_t>(std::lround(ms / step_ms)), membrane.size() - 1);
  };
  const std::size_t onset = at(s.lead_ms);
  return {{membrane.begin() + static_cast<std::ptrdiff_t>(at(from_ms)), membrane.end()},
          membrane[onset > 0 ? onset - 1 : 0]};
}

std::vector<const Times*> pairs_of(const Runs& runs, std::size_t neuron) {
  std::vector<const Times*> pairs;
  for (std::size_t run = 2; run < runs.count(); ++run) pairs.push_back(&runs.times(run, neuron));
  return pairs;
}

}  // namespace

std::vector<Finding> judge(Feature feature, const ProtocolSettings& s, Bench& bench) {
  if (feature == Feature::class_1 || feature == Feature::class_2) {
    return judge_excitability(feature, s, bench);
  }
  const bool membrane = feature == Feature::oscillations || feature == Feature::after_potential;
  const Runs runs(feature, s, bench, membrane);
  const Window event = protocol_event(feature, s);
  const double step_ms = s.time_step_s * 1e3;
  return each(bench.size(), [&](std::size_t i) -> Finding {
    const Times& first = runs.times(0, i);
    switch (feature) {
      case Feature::tonic_spiking:
        return tonic_spiking(first, event);
      case Feature::phasic_spiking:
        return phasic_spiking(first, event);
      case Feature::tonic_bursting:
        return tonic_bursting(first, event);
      case Feature::phasic_bursting:
        return phasic_bursting(first, event);
      case Feature::mixed_mode:
        return mixed_mode(first, event);
      case Feature::adaptation:
        return adaptation(first, event, step_ms);
      case Feature::latency:
        return latency(first, runs.times(1, i), event);
      case Feature::oscillations: {
        const double from = first.empty() ? event.end : std::max(event.end, first.back() + step_ms);
        const Tail tail = tail_of(runs.membrane(0, i), s, from);
        return oscillations(tail.values, tail.rest);
      }
      case Feature::resonator:
        return resonator(runs.times(1, i), pairs_of(runs, i));
      case Feature::integrator:
        return integrator(runs.times(1, i), pairs_of(runs, i));
      case Feature::rebound_spike:
        return rebound_spike(first, runs.times(1, i), event);
      case Feature::rebound_burst:
        return rebound_burst(first, runs.times(1, i), event);
      case Feature::threshold_variability:
        return threshold_variability(runs.times(1, i), runs.times(2, i), first,
                                     s.lead_ms + s.gap_ms);
      case Feature::bistability:
        return bistability(first, runs.times(1, i), event,
                           s.lead_ms + s.gap_ms + s.width_ms + 0.1 * s.hold_ms, s.lead_ms,
                           runs.end_ms());
      case Feature::after_potential: {
        const double from =
            first.empty() ? event.end : std::max(event.end, first.front() + step_ms);
        const Tail strong = tail_of(runs.membrane(0, i), s, from);
        Tail weak = tail_of(runs.membrane(1, i), s, from);
        for (double& v : weak.values) v = weak.rest + (v - weak.rest) / s.second;
        return after_potential(first, runs.times(1, i), strong.values, weak.values, strong.rest);
      }
      case Feature::accommodation:
        return accommodation(runs.times(1, i), first);
      case Feature::inhibition_spiking:
        return inhibition_spiking(first, event);
      case Feature::inhibition_bursting:
        return inhibition_bursting(first, event);
      case Feature::class_1:
      case Feature::class_2:
        break;
    }
    return {};
  });
}

void SingleBench::run(const Stimulus& stimulus, std::span<const double> scales, bool membrane,
                      std::vector<Response>& responses) {
  std::vector<double> values = values_of(stimulus);
  if (!scales.empty()) {
    for (double& value : values) value *= scales.front();
  }
  LabTrace trace = simulate(neuron_, values, stimulus.time_step_s);
  responses.resize(1);
  responses[0].times_ms.clear();
  for (const std::int32_t step : trace.spikes) {
    responses[0].times_ms.push_back(step * stimulus.time_step_s * 1e3);
  }
  if (membrane) responses[0].membrane = std::move(trace.membrane);
}

Verdict judge_neuron(Feature feature, const ProtocolSettings& settings, const LabNeuron& neuron) {
  Verdict verdict;
  verdict.trials = neuron.stochastic() ? stochastic_trials : 1;
  Finding failed;
  for (int trial = 0; trial < verdict.trials; ++trial) {
    LabNeuron one = neuron;
    one.seed += static_cast<std::uint64_t>(trial);
    SingleBench bench(one);
    const Finding finding = judge(feature, settings, bench).front();
    if (finding.shown) {
      ++verdict.shown;
      verdict.finding = finding;
    } else {
      failed = finding;
    }
  }
  const int needed = neuron.stochastic() ? stochastic_needed : 1;
  if (verdict.shown < needed) verdict.finding = failed;
  return verdict;
}

}  // namespace paralif::lab
