// A simulated event camera: reports where the brightness of a moving scene changed.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "datasets/recording.h"
#include "datasets/samples/noise.h"

namespace paralif {

struct CameraEvent {
  std::int32_t x;
  std::int32_t y;
  std::int32_t polarity;  ///< 1: brighter
  double time_s;
};

/// What is seen at a time: writes one brightness in 0..1 a pixel, row by row.
using Scene = std::function<void(double time_s, std::vector<float>& brightness)>;

/// Events of a scene looked at every `step_s`; a pixel reports when its brightness moved by more
/// than `threshold` since it last did. `noise_rate`: chance events a pixel and second.
std::vector<CameraEvent> film(const SensorShape& sensor, const Scene& scene, double duration_s,
                              double step_s, double threshold, double noise_rate, Noise& noise);

}  // namespace paralif
