// Where the handles are and what moving one changes.
#include "widgets/lab/stimulus_handles.h"

#include <algorithm>
#include <cmath>

namespace paralif {
namespace {

using lab::Segment;
using lab::SegmentShape;
using lab::Stimulus;

bool endHasItsOwnHeight(SegmentShape shape) {
  return shape == SegmentShape::ramp || shape == SegmentShape::sine ||
         shape == SegmentShape::chirp || shape == SegmentShape::noise;
}

/// Height of the second handle: the end of a ramp, one amplitude above the mean of a wave.
double endHeight(const Segment& segment) {
  if (segment.shape == SegmentShape::ramp) return segment.to;
  return endHasItsOwnHeight(segment.shape) ? segment.from + segment.to : segment.from;
}

void setEndHeight(Segment& segment, double value) {
  if (segment.shape == SegmentShape::ramp) {
    segment.to = value;
  } else if (endHasItsOwnHeight(segment.shape)) {
    segment.to = std::max(0.0, value - segment.from);
  } else {
    segment.from = value;
  }
}

}  // namespace

std::vector<StimulusHandle> handlesOf(const Stimulus& stimulus) {
  std::vector<StimulusHandle> handles;
  for (std::size_t i = 0; i < stimulus.segments.size(); ++i) {
    const Segment& segment = stimulus.segments[i];
    if (segment.shape == SegmentShape::points) {
      for (std::size_t k = 0; k < segment.points.size(); ++k) {
        handles.push_back(
            {i, k, segment.points[k].time_s * 1e3, stimulus.baseline + segment.points[k].value});
      }
      continue;
    }
    handles.push_back({i, 0, segment.begin_s * 1e3, stimulus.baseline + segment.from});
    handles.push_back({i, 1, segment.end_s * 1e3, stimulus.baseline + endHeight(segment)});
  }
  return handles;
}

Stimulus moved(Stimulus stimulus, const StimulusHandle& handle, double ms, double value) {
  const double step = stimulus.time_step_s;
  const double time = std::clamp(std::round(ms * 1e-3 / step) * step, 0.0, stimulus.duration_s);
  const double height = value - stimulus.baseline;
  Segment& segment = stimulus.segments.at(handle.segment);
  if (segment.shape == SegmentShape::points) {
    auto& points = segment.points;
    const double after = handle.point > 0 ? points[handle.point - 1].time_s + step : 0.0;
    const double before = handle.point + 1 < points.size() ? points[handle.point + 1].time_s - step
                                                           : stimulus.duration_s;
    points.at(handle.point) = {std::clamp(time, std::min(after, before), std::max(after, before)),
                               height};
  } else if (handle.point == 0) {
    segment.begin_s = std::min(time, segment.end_s - step);
    segment.from = height;
  } else {
    segment.end_s = std::max(time, segment.begin_s + step);
    setEndHeight(segment, height);
  }
  return stimulus;
}

Stimulus withPoint(Stimulus stimulus, double ms, double value) {
  const double step = stimulus.time_step_s;
  const double time = std::clamp(std::round(ms * 1e-3 / step) * step, 0.0, stimulus.duration_s);
  auto drawn = std::ranges::find(stimulus.segments, SegmentShape::points, &Segment::shape);
  if (drawn == stimulus.segments.end()) {
    Segment segment = lab::level(0.0, stimulus.duration_s, 0.0);
    segment.shape = SegmentShape::points;
    stimulus.segments.push_back(segment);
    drawn = stimulus.segments.end() - 1;
  }
  auto& points = drawn->points;
  const auto place = std::ranges::lower_bound(points, time, {}, &lab::StimulusPoint::time_s);
  const lab::StimulusPoint point{time, value - stimulus.baseline};
  if (place != points.end() && std::abs(place->time_s - time) < 0.5 * step) {
    *place = point;
  } else {
    points.insert(place, point);
  }
  return stimulus;
}

Stimulus without(Stimulus stimulus, const StimulusHandle& handle) {
  auto& segments = stimulus.segments;
  Segment& segment = segments.at(handle.segment);
  if (segment.shape == SegmentShape::points && segment.points.size() > 1) {
    segment.points.erase(segment.points.begin() + static_cast<std::ptrdiff_t>(handle.point));
  } else {
    segments.erase(segments.begin() + static_cast<std::ptrdiff_t>(handle.segment));
  }
  return stimulus;
}

}  // namespace paralif
