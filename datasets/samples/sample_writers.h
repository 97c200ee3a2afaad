// The writers of sample data, one a format. Private to the datasets and tests.
#pragma once

#include <filesystem>

#include "datasets/recorded_set.h"
#include "datasets/samples/sample_data.h"

namespace paralif {

/// Told the share done, 0..1; returns false to stop, which throws Error(file).
using SampleProgress = std::function<bool(double)>;
/// Tells how far it is; throws Error(file) where it is to stop.
void tell(const SampleProgress& progress, double share, const std::filesystem::path& path);

/// Progress of one part of the work, which starts at `done` and makes up `share` of it.
SampleProgress part_of(const SampleProgress& whole, double done, double share);

/// The extent of a file of speech.
struct SpeechExtent {
  int samples;        ///< of the file
  int spikes;         ///< of a sample, about
  double shortest_s;  ///< word
  double longest_s;
};

/// SHD or SSC: each class has formants that sweep from one set of channels to another.
void write_speech_samples(const std::filesystem::path& file, int classes, SpeechExtent counts,
                          std::uint64_t seed, const SampleProgress& progress);
/// Several such files, each with a seed of its own.
struct SpeechFile {
  const char* name;
  SpeechExtent counts;
};
void write_speech_files(const std::filesystem::path& folder, int classes,
                        const std::vector<SpeechFile>& files, const SampleOptions& options);
void write_ntidigits_samples(const std::filesystem::path& file, int per_class, std::uint64_t seed,
                             const SampleProgress& progress);
/// Strokes of digits that a sensor sees while it makes three saccades.
void write_nmnist_samples(const std::filesystem::path& part_folder, int per_class,
                          std::uint64_t seed, const SampleProgress& progress);
/// Blobs that move as arms and hands do.
void write_gesture_arrays(const std::filesystem::path& part_folder, int users, std::uint64_t seed,
                          const SampleProgress& progress);
void write_gesture_recordings(const std::filesystem::path& folder, DataPart part, int users,
                              std::uint64_t seed, const SampleProgress& progress);
/// Shapes with textures.
void write_cifar10_samples(const std::filesystem::path& file, int per_class, std::uint64_t seed);
/// Three arms of a spiral.
void write_points_samples(const std::filesystem::path& file, int per_class, std::uint64_t seed);

}  // namespace paralif
