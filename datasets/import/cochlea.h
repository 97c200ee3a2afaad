// Sound to spikes: a bank of resonant filters along the cochlea, each with a hair cell that fires.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "datasets/recording.h"

namespace paralif {

/// The model, in order:
///  1. `channels` resonators with centres spaced evenly on the ERB-rate scale (Glasberg and Moore
///     1990) from `lowest_hz` to `highest_hz`, each two cascaded complex one-pole filters with a
///     bandwidth of one ERB: a gammatone filter of second order (Slaney 1993).
///  2. The envelope of its output, raised to the power `compression`, relative to the loudest
///     envelope of the recording.
///  3. A leaky integrate-and-fire cell of time constant `tau_s` and threshold 1 with the input
///     `drive` times that, with a reset to 0 and a refractory period.
/// Channel 0 has the lowest frequency.
struct CochleaSettings {
  std::int32_t channels = 700;
  double lowest_hz = 60.0;
  double highest_hz = 7600.0;  ///< lowered to 0.45 of the sampling rate where that is less
  double compression = 0.4;
  double drive = 250.0;  ///< of threshold a second
  double tau_s = 0.01;
  double refractory_s = 2e-3;
};

/// Times in seconds from the start of the sound; `rate_hz` is of the samples. `go_on` is asked
/// between channels; false ends it with no spikes.
Recording cochlea_spikes(std::span<const float> sound, double rate_hz,
                         const CochleaSettings& settings = {},
                         const std::function<bool()>& go_on = {});

struct Sound {
  std::vector<float> samples;  ///< one channel: the mean of those in the file
  double rate_hz = 0.0;
};

/// A WAV, FLAC or other file that libsndfile reads, of at most a minute. Throws Error(file).
Sound read_sound(const std::filesystem::path& file);

}  // namespace paralif
