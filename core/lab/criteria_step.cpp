// Features of one step of current: A to F.
#include <algorithm>
#include <cmath>

#include "core/lab/criteria.h"

namespace paralif::lab {
namespace {

constexpr double split_ratio = 2.5;
constexpr std::size_t burst_spikes = 3;
constexpr double regular = 0.1;

Finding no(const char* reason) {
  return {false, 0.0, reason};
}
Finding yes(double score, const char* reason) {
  return {true, std::clamp(score, 0.01, 1.0), reason};
}

std::vector<double> intervals_of(const Times& times, std::size_t first = 0) {
  std::vector<double> intervals;
  for (std::size_t i = first + 1; i < times.size(); ++i) {
    intervals.push_back(times[i] - times[i - 1]);
  }
  return intervals;
}

bool starts_early(const Times& times, Window step) {
  return !times.empty() && times.front() < step.begin;
}

/// A membrane that still decays may fire for a tenth of the step after it.
bool ends_late(const Times& times, Window step) {
  return !times.empty() && times.back() >= step.end + 0.1 * step.length();
}

Times inside(const Times& times, Window step) {
  return {times.begin(), std::ranges::lower_bound(times, step.end)};
}

}  // namespace

Bursts bursts_of(const Times& times) {
  Bursts bursts;
  if (times.empty()) return bursts;
  std::vector<double> sorted = intervals_of(times);
  std::ranges::sort(sorted);
  double best = 0.0;
  double border = INFINITY;
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const double ratio = sorted[i] / sorted[i - 1];
    if (ratio >= split_ratio && ratio > best) {
      best = ratio;
      border = std::sqrt(sorted[i] * sorted[i - 1]);
    }
  }
  bursts.split = best > 0.0;
  bursts.groups.emplace_back(0, 0);
  for (std::size_t i = 1; i < times.size(); ++i) {
    if (times[i] - times[i - 1] < border) {
      bursts.groups.back().second = i;
    } else {
      bursts.groups.emplace_back(i, i);
    }
  }
  return bursts;
}

double interval_variation(const Times& times, std::size_t first) {
  const auto intervals = intervals_of(times, first);
  if (intervals.size() < 2) return 0.0;
  double mean = 0.0;
  for (const double x : intervals) mean += x;
  mean /= static_cast<double>(intervals.size());
  double square = 0.0;
  for (const double x : intervals) square += (x - mean) * (x - mean);
  return std::sqrt(square / static_cast<double>(intervals.size())) / mean;
}

Finding tonic_spiking(const Times& all, Window step) {
  const Times times = inside(all, step);
  if (times.size() < 4) return no("fewer than four spikes");
  if (starts_early(times, step)) return no("fires before the step");
  if (ends_late(all, step)) return no("fires after the step");
  if (times.back() < step.end - 0.15 * step.length()) return no("stops before the step ends");
  const double middle = step.begin + 0.5 * step.length();
  const auto first =
      static_cast<std::size_t>(std::ranges::lower_bound(times, middle) - times.begin());
  if (times.size() - std::min(first, times.size()) < 3) return no("too few spikes to be regular");
  const double variation = interval_variation(times, first);
  if (variation >= regular) return no("intervals are not equal");
  return yes(1.0 - variation / regular, "fires regularly throughout the step");
}

Finding phasic_spiking(const Times& times, Window step) {
  if (times.empty()) return no("does not fire");
  if (times.size() > 1) return no("fires more than once");
  if (starts_early(times, step)) return no("fires before the step");
  const double late = (times.front() - step.begin) / step.length();
  if (late > 0.25) return no("fires too late in the step");
  return yes(1.0 - late, "one spike at the onset");
}

Finding tonic_bursting(const Times& all, Window step) {
  const Times times = inside(all, step);
  if (times.size() < 3 * burst_spikes) return no("too few spikes for three bursts");
  if (starts_early(times, step)) return no("fires before the step");
  if (ends_late(all, step)) return no("fires after the step");
  const Bursts bursts = bursts_of(times);
  if (!bursts.split) return no("no short and long intervals");
  std::size_t count = 0;
  std::size_t inside = 0;
  double last = 0.0;
  for (const auto& [first, end] : bursts.groups) {
    const std::size_t spikes = end - first + 1;
    if (spikes < burst_spikes) continue;
    ++count;
    inside += spikes;
    last = times[end];
  }
  if (count < 3) return no("fewer than three bursts");
  const double share = static_cast<double>(inside) / static_cast<double>(times.size());
  if (share < 0.8) return no("too many spikes outside bursts");
  if (last < step.end - 0.3 * step.length()) return no("bursts stop before the step ends");
  return yes(share, "bursts throughout the step");
}

Finding phasic_bursting(const Times& times, Window step) {
  if (times.size() < burst_spikes) return no("fewer than three spikes");
  if (starts_early(times, step)) return no("fires before the step");
  const double late = (times.back() - step.begin) / step.length();
  if (late > 0.25) return no("goes on firing");
  const Bursts bursts = bursts_of(times);
  if (bursts.split && bursts.groups.size() > 1) return no("more than one burst");
  return yes(1.0 - late, "one burst at the onset");
}

Finding mixed_mode(const Times& all, Window step) {
  const Times times = inside(all, step);
  if (times.size() < 6) return no("too few spikes");
  if (starts_early(times, step)) return no("fires before the step");
  if (ends_late(all, step)) return no("fires after the step");
  if (times.back() < step.end - 0.25 * step.length()) return no("stops before the step ends");
  const Bursts bursts = bursts_of(times);
  if (!bursts.split) return no("no short and long intervals");
  const std::size_t last = bursts.groups.front().second;
  if (last < 1) return no("no burst at the onset");
  for (std::size_t i = 1; i < bursts.groups.size(); ++i) {
    if (bursts.groups[i].first != bursts.groups[i].second) return no("bursts again later");
  }
  if (bursts.groups.size() < 4) return no("too few single spikes after the burst");
  const double variation = interval_variation(times, last + 1);
  if (variation >= regular) return no("single spikes are not regular");
  return yes(1.0 - variation / regular, "a burst, then regular single spikes");
}

Finding adaptation(const Times& all, Window step, double time_step_ms) {
  const Times times = inside(all, step);
  if (times.size() < 4) return no("fewer than four spikes");
  if (starts_early(times, step)) return no("fires before the step");
  if (ends_late(all, step)) return no("fires after the step");
  const auto intervals = intervals_of(times);
  for (std::size_t i = 1; i < intervals.size(); ++i) {
    if (intervals[i] < intervals[i - 1] - 1.001 * time_step_ms) return no("intervals shrink");
  }
  const double growth = intervals.back() / intervals.front();
  if (growth < 1.5) return no("intervals hardly grow");
  if (step.end - times.back() > 1.5 * intervals.back()) return no("firing ends");
  return yes(growth / 3.0, "intervals grow while firing goes on");
}

}  // namespace paralif::lab
