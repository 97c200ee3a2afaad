// Values of segments, and the ready-made stimuli.
#include "core/lab/stimulus.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "datasets/error.h"

namespace paralif::lab {
namespace {

constexpr double largest = 1e9;  // of any value, so that membranes stay finite

/// Uniform in (0, 1), the same everywhere for the same seed.
double uniform(std::mt19937_64& generator) {
  return (static_cast<double>(generator() >> 11) + 0.5) * 0x1.0p-53;
}

double between(const std::vector<StimulusPoint>& points, double time_s) {
  if (points.empty()) return 0.0;
  const auto later = std::ranges::upper_bound(points, time_s, {}, &StimulusPoint::time_s);
  if (later == points.begin()) return points.front().value;
  if (later == points.end()) return points.back().value;
  const StimulusPoint& left = *(later - 1);
  const double part = (time_s - left.time_s) / (later->time_s - left.time_s);
  return left.value + part * (later->value - left.value);
}

void add(const Segment& s, double step_s, std::vector<double>& values) {
  const auto count = static_cast<std::int64_t>(values.size());
  const auto place = [&](double time_s) {
    return std::clamp<std::int64_t>(std::llround(time_s / step_s), 0, count);
  };
  const std::int64_t begin = place(s.begin_s);
  const std::int64_t end = place(s.end_s);
  const auto last =
      static_cast<double>(std::llround(s.end_s / step_s) - std::llround(s.begin_s / step_s) - 1);
  const double length_s = s.end_s - s.begin_s;
  std::mt19937_64 generator(s.seed);
  for (std::int64_t k = begin; k < end; ++k) {
    const auto n = static_cast<double>(k - std::llround(s.begin_s / step_s));
    const double t = n * step_s;
    double value = s.from;
    switch (s.shape) {
      case SegmentShape::level:
        break;
      case SegmentShape::ramp:
        value += last > 0 ? (s.to - s.from) * n / last : 0.0;
        break;
      case SegmentShape::noise: {
        const double radius = std::sqrt(-2.0 * std::log(uniform(generator)));
        value += s.to * radius * std::cos(2.0 * std::numbers::pi * uniform(generator));
        break;
      }
      case SegmentShape::sine:
        value += s.to * std::sin(2.0 * std::numbers::pi * s.frequency_hz * t);
        break;
      case SegmentShape::chirp: {
        const double slope = (s.frequency_end_hz - s.frequency_hz) / (2.0 * length_s);
        value += s.to * std::sin(2.0 * std::numbers::pi * (s.frequency_hz + slope * t) * t);
        break;
      }
      case SegmentShape::poisson:
        if (uniform(generator) >= s.frequency_hz * step_s) value = 0.0;
        break;
      case SegmentShape::points:
        value = between(s.points, static_cast<double>(k) * step_s);
        break;
    }
    values[static_cast<std::size_t>(k)] += value;
  }
}

Stimulus preset(std::string title, std::vector<Segment> segments, double duration_s = 0.1) {
  Stimulus stimulus;
  stimulus.title = std::move(title);
  stimulus.duration_s = duration_s;
  stimulus.segments = std::move(segments);
  return stimulus;
}

Segment wave(SegmentShape shape, double from, double to, double hz, double end_hz = 100.0) {
  Segment s;
  s.shape = shape;
  s.begin_s = 0.02;
  s.end_s = 0.48;
  s.from = from;
  s.to = to;
  s.frequency_hz = hz;
  s.frequency_end_hz = end_hz;
  return s;
}

[[noreturn]] void reject(const char* field, const std::string& problem) {
  throw Error(Error::Kind::setting, field, problem);
}

}  // namespace

std::string_view to_string(SegmentShape shape) {
  switch (shape) {
    case SegmentShape::level:
      return "level";
    case SegmentShape::ramp:
      return "ramp";
    case SegmentShape::noise:
      return "noise";
    case SegmentShape::sine:
      return "sine";
    case SegmentShape::chirp:
      return "chirp";
    case SegmentShape::poisson:
      return "poisson";
    case SegmentShape::points:
      return "points";
  }
  return {};
}

std::int64_t Stimulus::steps() const {
  return std::max<std::int64_t>(1, std::llround(duration_s / time_step_s));
}

std::vector<double> values_of(const Stimulus& stimulus) {
  std::vector<double> values(static_cast<std::size_t>(stimulus.steps()), stimulus.baseline);
  for (const Segment& segment : stimulus.segments) add(segment, stimulus.time_step_s, values);
  return values;
}

void validate(const Stimulus& s) {
  const auto positive = [](double x) { return std::isfinite(x) && x > 0.0; };
  if (!positive(s.time_step_s)) reject("time_step_s", "must be a time above 0 s");
  if (!positive(s.duration_s)) reject("duration_s", "must be a time above 0 s");
  if (s.duration_s / s.time_step_s > static_cast<double>(Stimulus::most_steps)) {
    reject("duration_s", fmt::format("makes over {} steps; shorten it or lengthen the time step",
                                     Stimulus::most_steps));
  }
  const auto sound = [](double x) { return std::abs(x) <= largest; };
  if (!sound(s.baseline)) reject("baseline", fmt::format("must lie within {:g}", largest));
  for (const Segment& segment : s.segments) {
    for (const double x : {segment.begin_s, segment.end_s, segment.from, segment.to,
                           segment.frequency_hz, segment.frequency_end_hz}) {
      if (!sound(x)) reject("segments", fmt::format("hold a number beyond {:g}", largest));
    }
    if (segment.end_s < segment.begin_s) reject("segments", "hold one that ends before it begins");
    if (std::max(std::abs(segment.begin_s), std::abs(segment.end_s)) > 1e6) {
      reject("segments", "hold one more than a million seconds away");
    }
    for (const StimulusPoint& p : segment.points) {
      if (!sound(p.time_s) || !sound(p.value)) {
        reject("points", fmt::format("hold a number beyond {:g}", largest));
      }
    }
    if (!std::ranges::is_sorted(segment.points, {}, &StimulusPoint::time_s)) {
      reject("points", "are not in order of time");
    }
  }
}

const std::vector<Stimulus>& stimulus_presets() {
  static const std::vector<Stimulus> all = [] {
    Segment drawn;
    drawn.shape = SegmentShape::points;
    drawn.end_s = 0.1;
    drawn.points = {{0.0, 0.0}, {0.02, 0.0}, {0.03, 1.5}, {0.06, 0.6}, {0.07, 1.2}, {0.1, 0.0}};
    return std::vector<Stimulus>{
        preset("Step", {level(0.01, 0.1, 1.0)}),
        preset("Ramp", {ramp(0.01, 0.09, 0.0, 1.0)}),
        preset("Pulses", {level(0.01, 0.012, 1.0), level(0.03, 0.032, 1.0), level(0.05, 0.052, 1.0),
                          level(0.07, 0.072, 1.0)}),
        preset("Pulse pairs", {level(0.01, 0.012, 1.0), level(0.02, 0.022, 1.0),
                               level(0.07, 0.072, 1.0), level(0.09, 0.092, 1.0)}),
        preset("Noise", {wave(SegmentShape::noise, 0.5, 1.0, 0.0)}, 0.5),
        preset("Sine", {wave(SegmentShape::sine, 0.5, 0.5, 10.0)}, 0.5),
        preset("Chirp", {wave(SegmentShape::chirp, 0.5, 0.5, 2.0, 60.0)}, 0.5),
        preset("Poisson spikes", {wave(SegmentShape::poisson, 1.0, 0.0, 100.0)}, 0.5),
        preset("Drawn", {drawn})};
  }();
  return all;
}

Segment level(double begin_s, double end_s, double value) {
  Segment s;
  s.begin_s = begin_s;
  s.end_s = end_s;
  s.from = value;
  return s;
}

Segment ramp(double begin_s, double end_s, double from, double to) {
  Segment s = level(begin_s, end_s, from);
  s.shape = SegmentShape::ramp;
  s.to = to;
  return s;
}

}  // namespace paralif::lab
