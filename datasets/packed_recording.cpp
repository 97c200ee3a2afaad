#include "datasets/packed_recording.h"

#include <algorithm>
#include <cmath>

#include "datasets/half_float.h"

namespace paralif {

PackedRecording::PackedRecording(const Recording& recording)
    : unit_(recording.unit), precision_(recording.precision) {
  const auto& times = recording.time;
  if (precision_ == TimePrecision::half) {
    Half half;
    half.bits.reserve(times.size());
    for (const double t : times) half.bits.push_back(half_of_float(static_cast<float>(t)));
    times_ = std::move(half);
  } else if (precision_ == TimePrecision::single) {
    times_ = std::vector<float>(times.begin(), times.end());
  } else if (std::ranges::all_of(times, [](double t) { return t < 4e9 && t == std::floor(t); })) {
    times_ = std::vector<std::uint32_t>(times.begin(), times.end());
  } else {
    times_ = times;
  }
}

Recording PackedRecording::unpack() const {
  Recording recording;
  recording.unit = unit_;
  recording.precision = precision_;
  if (const auto* half = std::get_if<Half>(&times_)) {
    recording.time.resize(half->bits.size());
    std::ranges::transform(half->bits, recording.time.begin(), float_of_half);
  } else if (const auto* floats = std::get_if<std::vector<float>>(&times_)) {
    recording.time.assign(floats->begin(), floats->end());
  } else if (const auto* ticks = std::get_if<std::vector<std::uint32_t>>(&times_)) {
    recording.time.assign(ticks->begin(), ticks->end());
  } else {
    recording.time = std::get<std::vector<double>>(times_);
  }
  return recording;
}

std::size_t PackedRecording::bytes() const {
  std::size_t size = sizeof *this + unit_.size() * sizeof unit_[0];
  if (const auto* half = std::get_if<Half>(&times_)) {
    size += half->bits.size() * sizeof half->bits[0];
  } else if (const auto* floats = std::get_if<std::vector<float>>(&times_)) {
    size += floats->size() * sizeof(float);
  } else if (const auto* ticks = std::get_if<std::vector<std::uint32_t>>(&times_)) {
    size += ticks->size() * sizeof(std::uint32_t);
  } else {
    size += std::get<std::vector<double>>(times_).size() * sizeof(double);
  }
  return size;
}

}  // namespace paralif
