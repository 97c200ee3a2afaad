// Spoken words as a cochlea hears them: formants, bands of active channels that sweep in time.
#include <algorithm>
#include <array>
#include <numeric>

#include "datasets/half_float.h"
#include "datasets/samples/hdf5_event_writer.h"
#include "datasets/samples/noise.h"
#include "datasets/samples/sample_writers.h"

namespace paralif {
namespace {

/// A band of channels, as fractions of the cochlea, from the start of a word to its end.
struct Formant {
  double start;
  double middle;
  double end;
  double strength;
};

using Word = std::array<Formant, 3>;

/// The word of a class: the same in every file, whatever the seed of the samples.
Word word_of(int label) {
  Noise noise(1000 + static_cast<std::uint64_t>(label));
  Word word{};
  for (std::size_t i = 0; i < word.size(); ++i) {
    const double low = 0.08 + 0.3 * static_cast<double>(i);
    word[i] = {low + 0.25 * noise.uniform(), low + 0.25 * noise.uniform(),
               low + 0.25 * noise.uniform(), noise.uniform(0.3, 1.0)};
  }
  return word;
}

struct Spikes {
  std::vector<double> times;
  std::vector<std::uint16_t> units;
};

/// One speaking of a word, with a pitch and a pace of its own.
Spikes speak(const Word& word, int channels, const SpeechExtent& counts, Noise& noise) {
  const double onset = noise.uniform(0.02, 0.08);
  const double length = noise.uniform(counts.shortest_s, counts.longest_s);
  const double pitch = noise.uniform(-0.02, 0.02);
  const double total =
      std::accumulate(word.begin(), word.end(), 0.0,
                      [](double sum, const Formant& formant) { return sum + formant.strength; });
  struct Spike {
    double time;
    std::uint16_t unit;
  };
  std::vector<Spike> spikes;
  const int spoken = static_cast<int>(counts.spikes * noise.uniform(0.85, 1.15));
  spikes.reserve(static_cast<std::size_t>(spoken));
  while (static_cast<int>(spikes.size()) < spoken) {
    const double phase = noise.uniform();
    double position = noise.uniform();  // one spike in ten is noise
    if (noise.uniform() < 0.9) {
      double pick = noise.uniform(0.0, total);
      std::size_t chosen = 0;
      while (chosen + 1 < word.size() && pick > word[chosen].strength) {
        pick -= word[chosen++].strength;
      }
      const Formant& f = word[chosen];
      const double centre = phase < 0.5 ? f.start + (f.middle - f.start) * 2 * phase
                                        : f.middle + (f.end - f.middle) * (2 * phase - 1);
      position = centre + pitch + 0.02 * noise.normal();
    }
    const int unit = static_cast<int>(position * channels);
    if (unit < 0 || unit >= channels) continue;
    spikes.push_back({onset + phase * length, static_cast<std::uint16_t>(unit)});
  }
  std::ranges::sort(spikes, {}, &Spike::time);
  Spikes sorted;
  for (const Spike& spike : spikes) {
    sorted.times.push_back(spike.time);
    sorted.units.push_back(spike.unit);
  }
  return sorted;
}

/// A random order of labels in which each occurs as often as any other.
std::vector<std::int64_t> shuffled_labels(int samples, int classes, Noise& noise) {
  std::vector<std::int64_t> labels(static_cast<std::size_t>(samples));
  for (std::size_t i = 0; i < labels.size(); ++i) {
    labels[i] = static_cast<std::int64_t>(i) % classes;
  }
  for (std::size_t i = labels.size(); i > 1; --i) {
    std::swap(labels[i - 1], labels[static_cast<std::size_t>(noise.below(static_cast<int>(i)))]);
  }
  return labels;
}

}  // namespace

void write_speech_samples(const std::filesystem::path& file, int classes, SpeechExtent counts,
                          std::uint64_t seed, const SampleProgress& progress) {
  constexpr int channels = 700;
  Noise noise(seed);
  std::vector<Word> words;
  for (int label = 0; label < classes; ++label) words.push_back(word_of(label));
  const auto labels = shuffled_labels(counts.samples, classes, noise);
  Hdf5EventWriter writer(file);
  writer.begin_ragged(counts.samples, StoredTime::half);
  std::vector<std::int64_t> speakers;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Word& word = words[static_cast<std::size_t>(labels[i])];
    const Spikes spikes = speak(word, channels, counts, noise);
    writer.ragged_row(static_cast<std::int64_t>(i), spikes.times, spikes.units);
    speakers.push_back(noise.below(12));
    if (i % 16 == 0) tell(progress, static_cast<double>(i) / counts.samples, file);
  }
  writer.integers("labels", labels);
  writer.integers("extra/speaker", speakers);
  std::vector<std::string> keys;
  for (int label = 0; label < classes; ++label) keys.push_back("word " + std::to_string(label));
  writer.texts("extra/keys", keys);
  writer.texts("extra/meta_info/gender", std::vector<std::string>(12, "none"));
  writer.integers("extra/meta_info/age", std::vector<std::int64_t>(12, 30));
  writer.integers("extra/meta_info/body_height", std::vector<std::int64_t>(12, 170));
  writer.close();
}

void write_speech_files(const std::filesystem::path& folder, int classes,
                        const std::vector<SpeechFile>& files, const SampleOptions& options) {
  double done = 0;
  double all = 0;
  for (const SpeechFile& file : files) all += file.counts.samples;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const double share = files[i].counts.samples / all;
    write_speech_samples(folder / files[i].name, classes, files[i].counts, options.seed + i,
                         part_of(options.progress, done, share));
    done += share;
  }
}

void write_ntidigits_samples(const std::filesystem::path& file, int per_class, std::uint64_t seed,
                             const SampleProgress& progress) {
  constexpr int channels = 64;
  constexpr SpeechExtent digit{0, 900, 0.4, 0.7};
  static constexpr std::array<const char*, 11> digits{"z", "1", "2", "3", "4", "5",
                                                      "6", "7", "8", "9", "o"};
  Noise noise(seed);
  Hdf5EventWriter writer(file);
  for (const char* part : {"train", "test"}) {
    const bool test = std::string(part) == "test";
    const int takes = test ? std::max(1, per_class / 3) : per_class;
    std::vector<std::string> keys;
    const auto write = [&](const std::string& key, int label) {
      const Spikes spikes = speak(word_of(label), channels, digit, noise);
      writer.doubles(std::string(part) + "_timestamps/" + key, spikes.times);
      writer.doubles(std::string(part) + "_addresses/" + key,
                     {spikes.units.begin(), spikes.units.end()});
      keys.push_back(key);
    };
    for (int take = 0; take < takes; ++take) {
      tell(progress, (test ? 0.75 : 0.0) + (test ? 0.25 : 0.75) * take / takes, file);
      const std::string speaker = {static_cast<char>('a' + take % 26),
                                   static_cast<char>('a' + take / 26 % 26)};
      for (int label = 0; label < static_cast<int>(digits.size()); ++label) {
        write(speaker + "-a-" + digits[static_cast<std::size_t>(label)], label);
      }
      // The published file has sequences of digits too, which single-digit tasks pass over.
      write(speaker + "-a-1" + digits[static_cast<std::size_t>(take) % digits.size()], 1);
    }
    writer.texts(std::string(part) + "_labels", keys);
  }
  writer.close();
}

}  // namespace paralif
