#include "datasets/import/cochlea.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace paralif {
namespace {

/// Glasberg and Moore (1990): ERB-rate of a frequency, its inverse, and the ERB itself.
double erb_rate(double hz) {
  return 21.4 * std::log10(1.0 + 0.00437 * hz);
}
double frequency(double rate) {
  return (std::pow(10.0, rate / 21.4) - 1.0) / 0.00437;
}
double erb(double hz) {
  return 24.7 * (1.0 + 0.00437 * hz);
}

/// The envelope of one channel, at every `hop`-th sample.
std::vector<float> envelope(std::span<const float> sound, double rate_hz, double centre_hz,
                            std::size_t hop) {
  const double radius = std::exp(-2.0 * std::numbers::pi * erb(centre_hz) / rate_hz);
  const std::complex<double> pole =
      std::polar(radius, 2.0 * std::numbers::pi * centre_hz / rate_hz);
  const double gain = (1.0 - radius) * (1.0 - radius);
  std::complex<double> first = 0.0;
  std::complex<double> second = 0.0;
  std::vector<float> level;
  level.reserve(sound.size() / hop + 1);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    first = pole * first + static_cast<double>(sound[i]);
    second = pole * second + first;
    if (i % hop == 0) level.push_back(static_cast<float>(gain * std::abs(second)));
  }
  return level;
}

}  // namespace

Recording cochlea_spikes(std::span<const float> sound, double rate_hz,
                         const CochleaSettings& settings, const std::function<bool()>& go_on) {
  Recording recording;
  if (sound.empty()) return recording;
  const double highest = std::min(settings.highest_hz, 0.45 * rate_hz);
  const double from = erb_rate(std::min(settings.lowest_hz, highest));
  const double step =
      settings.channels > 1 ? (erb_rate(highest) - from) / (settings.channels - 1) : 0.0;
  // A quarter of a millisecond is short beside the cells' time constants.
  const auto hop = static_cast<std::size_t>(std::max(1.0, rate_hz / 4000.0));
  const double dt = static_cast<double>(hop) / rate_hz;
  std::vector<std::vector<float>> levels;
  float loudest = 0.0F;
  for (std::int32_t channel = 0; channel < settings.channels; ++channel) {
    if (go_on && !go_on()) return recording;
    levels.push_back(envelope(sound, rate_hz, frequency(from + step * channel), hop));
    loudest = std::max(loudest, std::ranges::max(levels.back()));
  }
  if (!(loudest > 0)) return recording;

  struct Spike {
    double time;
    std::uint16_t unit;
  };
  std::vector<Spike> spikes;
  const double decay = std::exp(-dt / settings.tau_s);
  for (std::size_t channel = 0; channel < levels.size(); ++channel) {
    double potential = 0.0;
    double silent_until = -1.0;
    for (std::size_t i = 0; i < levels[channel].size(); ++i) {
      const double time = static_cast<double>(i) * dt;
      if (time < silent_until) continue;
      const double level = static_cast<double>(levels[channel][i] / loudest);
      potential = decay * potential + dt * settings.drive * std::pow(level, settings.compression);
      if (potential < 1.0) continue;
      spikes.push_back({time, static_cast<std::uint16_t>(channel)});
      potential = 0.0;
      silent_until = time + settings.refractory_s;
    }
  }
  std::ranges::stable_sort(spikes, {}, &Spike::time);
  for (const Spike& spike : spikes) {
    recording.time.push_back(spike.time);
    recording.unit.push_back(spike.unit);
  }
  return recording;
}

}  // namespace paralif
