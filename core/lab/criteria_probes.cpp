// Features that compare runs, pulses and membranes: G to T.
#include <algorithm>
#include <cmath>

#include "core/lab/criteria.h"

namespace paralif::lab {
namespace {

Finding no(const char* reason) {
  return {false, 0.0, reason};
}
Finding yes(double score, const char* reason) {
  return {true, std::clamp(score, 0.01, 1.0), reason};
}

std::size_t count_in(const Times& times, double begin, double end) {
  return static_cast<std::size_t>(std::ranges::lower_bound(times, end) -
                                  std::ranges::lower_bound(times, begin));
}

Times part_of(const Times& times, double begin, double end) {
  return {std::ranges::lower_bound(times, begin), std::ranges::lower_bound(times, end)};
}

}  // namespace

Finding class_1(double at_onset, double at_twice) {
  if (at_onset <= 0.0) return no("no steady firing that begins at some constant current");
  const double ratio = at_onset / at_twice;
  if (ratio >= 0.25) return no("the rate does not begin near zero");
  return yes(1.0 - 4.0 * ratio, "the rate rises from near zero with the current");
}

Finding class_2(double at_onset, double at_twice, double counted_ms) {
  if (at_onset <= 0.0) return no("no steady firing that begins at some constant current");
  if (at_onset * counted_ms < 5.0) return no("only stray spikes at the onset");
  const double ratio = at_onset / at_twice;
  if (ratio <= 0.4) return no("the rate begins low");
  return yes(std::min(ratio, 1.0), "the rate begins high");
}

Finding latency(const Times& weak, const Times& strong, Window pulse) {
  if (weak.empty()) return no("does not fire");
  if (weak.front() < pulse.begin) return no("fires before the pulse");
  if (weak.size() > 1) return no("fires more than once");
  const double delay = weak.front() - pulse.begin;
  if (delay < 3.0 * pulse.length()) return no("fires within three pulse widths");
  if (strong.empty() || strong.front() < pulse.begin) return no("a stronger pulse does not fire");
  if (strong.front() >= weak.front()) return no("a stronger pulse does not fire earlier");
  return yes(delay / (10.0 * pulse.length()), "one late spike, earlier for a stronger pulse");
}

Finding oscillations(const std::vector<double>& membrane, double rest) {
  if (membrane.size() < 3) return no("nothing to see");
  double largest = 0.0;
  for (const double v : membrane) largest = std::max(largest, std::abs(v - rest));
  const double floor = std::max(1e-3 * largest, 1e-9);
  int alternations = 0;
  double side = 0.0;
  double swing = 0.0;
  for (std::size_t i = 1; i + 1 < membrane.size(); ++i) {
    const double v = membrane[i] - rest;
    const bool extremum = (v > 0 && v >= membrane[i - 1] - rest && v > membrane[i + 1] - rest) ||
                          (v < 0 && v <= membrane[i - 1] - rest && v < membrane[i + 1] - rest);
    if (!extremum || std::abs(v) < floor || v * side > 0.0) continue;
    side = v;
    ++alternations;
    if (alternations == 3) swing = std::abs(v) / largest;
  }
  if (alternations < 3) return no("the membrane does not swing about rest");
  return yes(0.1 + swing, "the membrane rings about rest");
}

Finding resonator(const Times& single, const std::vector<const Times*>& pairs) {
  if (!single.empty()) return no("one pulse fires already");
  bool failed = false;
  for (const Times* pair : pairs) {
    if (pair->empty()) {
      failed = true;
    } else if (failed) {
      return yes(1.0, "only pairs at the resonant gap fire");
    }
  }
  return no("a longer gap never helps");
}

Finding integrator(const Times& single, const std::vector<const Times*>& pairs) {
  if (!single.empty()) return no("one pulse fires already");
  if (pairs.empty() || pairs.front()->empty()) return no("the closest pair does not fire");
  if (!pairs.back()->empty()) return no("the furthest pair fires too");
  bool failed = false;
  for (const Times* pair : pairs) {
    if (!pair->empty() && failed) return no("a longer gap fires again");
    failed = failed || pair->empty();
  }
  return yes(1.0, "only close pairs fire");
}

namespace {

/// Why a train is no clean rebound; null when it is.
const char* rebound_fault(const Times& times, const Times& control, Window pulse) {
  if (!control.empty()) return "fires without inhibition too";
  if (times.empty()) return "does not fire";
  if (times.front() < pulse.begin) return "fires before the pulse";
  if (count_in(times, pulse.begin, pulse.end) > 0) return "fires during inhibition";
  return nullptr;
}

}  // namespace

Finding rebound_spike(const Times& times, const Times& control, Window pulse) {
  if (const char* fault = rebound_fault(times, control, pulse)) return no(fault);
  if (times.size() > 1) return no("more than one spike after inhibition");
  return yes(1.0, "one spike after inhibition");
}

Finding rebound_burst(const Times& times, const Times& control, Window pulse) {
  if (const char* fault = rebound_fault(times, control, pulse)) return no(fault);
  if (times.size() < 3) return no("fewer than three spikes after inhibition");
  if (times.size() > 50) return no("goes on firing after inhibition");
  const Bursts bursts = bursts_of(times);
  if (bursts.split && bursts.groups.size() > 1) return no("more than one burst after inhibition");
  return yes(static_cast<double>(times.size()) / 10.0, "one burst after inhibition");
}

Finding threshold_variability(const Times& alone, const Times& inhibition, const Times& both,
                              double pulse_begin) {
  if (!alone.empty()) return no("the pulse fires alone");
  if (!inhibition.empty()) return no("inhibition alone fires");
  if (both.empty()) return no("the pulse fails after inhibition too");
  if (both.front() < pulse_begin) return no("fires before the pulse");
  return yes(1.0, "fires only after inhibition");
}

Finding bistability(const Times& both, const Times& first_only, Window lasting, double stopped,
                    double first_pulse, double end) {
  if (both.empty() || both.front() < first_pulse) return no("not silent before the first pulse");
  const Times held = part_of(both, lasting.begin, lasting.end);
  if (held.size() < 4) return no("the first pulse starts no lasting firing");
  if (held.back() < lasting.end - 0.3 * lasting.length()) return no("firing fades by itself");
  if (!part_of(both, stopped, end).empty()) return no("the second pulse does not stop it");
  const Times rest = part_of(first_only, stopped, end);
  if (rest.size() < 4 || rest.back() < end - 0.2 * (end - stopped)) {
    return no("firing fades by itself");
  }
  return yes(1.0, "pulses switch lasting firing on and off");
}

Finding after_potential(const Times& strong, const Times& weak, const std::vector<double>& membrane,
                        const std::vector<double>& expected, double rest) {
  if (strong.size() != 1) return no("the pulse does not fire exactly once");
  if (!weak.empty()) return no("the weaker pulse fires too");
  double found = 0.0;
  double passive = 0.0;
  double largest = 0.0;
  for (std::size_t i = 0; i < membrane.size() && i < expected.size(); ++i) {
    found += membrane[i] - rest;
    passive += std::max(expected[i] - rest, 0.0);
    largest = std::max(largest, membrane[i] - rest);
  }
  if (found <= 0.0 || largest <= 0.0) return no("the membrane is not above rest after the spike");
  if (found < 1.5 * passive) return no("the spike itself does not lift the membrane");
  if (std::abs(membrane.back() - rest) > 0.2 * largest) return no("it does not fall back");
  return yes(1.0 - 1.5 * passive / found, "the spike leaves the membrane above rest");
}

Finding accommodation(const Times& slow, const Times& fast) {
  if (!slow.empty()) return no("the slow ramp fires");
  if (fast.empty()) return no("the fast ramp does not fire");
  return yes(1.0, "only the fast, weaker ramp fires");
}

namespace {

const char* inhibition_fault(const Times& times, Window inhibited) {
  const double grace = 0.25 * inhibited.length();
  if (times.empty()) return "does not fire";
  if (times.front() < inhibited.begin) return "fires at the background";
  if (times.back() >= inhibited.end + grace) return "goes on firing after inhibition";
  return nullptr;
}

}  // namespace

Finding inhibition_spiking(const Times& times, Window inhibited) {
  if (const char* fault = inhibition_fault(times, inhibited)) return no(fault);
  const std::size_t inside = count_in(times, inhibited.begin, inhibited.end);
  if (inside < 2) return no("fewer than two spikes while inhibited");
  return yes(static_cast<double>(inside) / static_cast<double>(times.size()),
             "fires while inhibited");
}

Finding inhibition_bursting(const Times& times, Window inhibited) {
  if (const char* fault = inhibition_fault(times, inhibited)) return no(fault);
  const Times inside = part_of(times, inhibited.begin, inhibited.end);
  const Bursts bursts = bursts_of(inside);
  if (!bursts.split) return no("no bursts while inhibited");
  const auto several = std::ranges::count_if(
      bursts.groups, [](const auto& group) { return group.second > group.first; });
  if (several < 2) return no("fewer than two bursts while inhibited");
  return yes(1.0, "bursts while inhibited");
}

}  // namespace paralif::lab
