// Sound files by libsndfile.
#include <sndfile.h>

#include <cmath>
#include <memory>

#include "datasets/error.h"
#include "datasets/import/cochlea.h"
#include "datasets/readers/readable.h"

namespace paralif {

Sound read_sound(const std::filesystem::path& file) {
  constexpr double longest_s = 60.0;
  require_readable_file(file);
  const auto fail = [&](const std::string& problem) {
    throw Error(Error::Kind::file, file.string(), problem,
                "give a WAV or FLAC file of at most a minute");
  };
  SF_INFO info{};
  const std::unique_ptr<SNDFILE, int (*)(SNDFILE*)> sound(sf_open(file.c_str(), SFM_READ, &info),
                                                          sf_close);
  if (sound == nullptr) fail("is not a sound file that can be read");
  if (info.samplerate < 1000 || info.samplerate > 400000 || info.channels < 1 ||
      info.channels > 64) {
    fail("has an impossible sampling rate or number of channels");
  }
  if (info.frames <= 0) fail("holds no sound");
  if (static_cast<double>(info.frames) > longest_s * info.samplerate) fail("is too long");
  Sound mono;
  mono.rate_hz = info.samplerate;
  const auto channels = static_cast<std::size_t>(info.channels);
  std::vector<float> block(4096 * channels);
  while (true) {
    const sf_count_t got = sf_readf_float(sound.get(), block.data(), 4096);
    if (got <= 0) break;
    for (std::size_t frame = 0; frame < static_cast<std::size_t>(got); ++frame) {
      float sum = 0.0F;
      for (std::size_t c = 0; c < channels; ++c) sum += block[frame * channels + c];
      if (!std::isfinite(sum)) {
        fail("has a sample that is not finite at " +
             std::to_string(static_cast<double>(mono.samples.size()) / mono.rate_hz) + " s");
      }
      mono.samples.push_back(sum / static_cast<float>(channels));
    }
  }
  if (mono.samples.empty()) fail("is cut short");
  return mono;
}

}  // namespace paralif
