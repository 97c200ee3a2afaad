#include "datasets/samples/sensor.h"

#include <cmath>

namespace paralif {

std::vector<CameraEvent> film(const SensorShape& sensor, const Scene& scene, double duration_s,
                              double step_s, double threshold, double noise_rate, Noise& noise) {
  const auto pixels = static_cast<std::size_t>(sensor.width * sensor.height);
  std::vector<float> seen(pixels);
  std::vector<float> reference(pixels);
  scene(0.0, reference);
  std::vector<CameraEvent> events;
  const auto steps = static_cast<int>(duration_s / step_s);
  const double expected_noise = noise_rate * step_s * static_cast<double>(pixels);
  for (int step = 1; step <= steps; ++step) {
    const double time = step * step_s;
    scene(time, seen);
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
      const double change = seen[pixel] - reference[pixel];
      if (std::abs(change) < threshold) continue;
      reference[pixel] = seen[pixel];
      events.push_back({static_cast<std::int32_t>(pixel) % sensor.width,
                        static_cast<std::int32_t>(pixel) / sensor.width, change > 0 ? 1 : 0, time});
    }
    for (double left = expected_noise; noise.uniform() < left; left -= 1.0) {
      events.push_back(
          {noise.below(sensor.width), noise.below(sensor.height), noise.below(2), time});
    }
  }
  return events;
}

}  // namespace paralif
