// The readers of recorded datasets. Each checks its files' layout when it opens them and throws
// Error(file) with one sentence for anything else than what its publisher wrote.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "datasets/recorded_set.h"

namespace paralif {

/// Spiking Heidelberg Digits or Spiking Speech Commands: one HDF5 file with ragged `spikes/times`
/// (s) and `spikes/units` (0..699), and `labels`; `extra/keys` names the classes. There are as many
/// classes as the file and `others`, its sibling parts, have names or labels; the published files
/// have 20 and 35. Names that differ between the parts are refused.
/// Source: Cramer, Stradmann, Schemmel, Zenke, IEEE TNNLS 2022.
std::unique_ptr<RecordedSet> open_heidelberg(const std::filesystem::path& file,
                                             const ReadOptions& options = {},
                                             const std::vector<std::filesystem::path>& others = {});
std::unique_ptr<RecordedSet> open_speech_commands(
    const std::filesystem::path& file, const ReadOptions& options = {},
    const std::vector<std::filesystem::path>& others = {});

/// N-TIDIGITS: one HDF5 file with `<part>_labels` and, for each of them, an array in
/// `<part>_timestamps` (s) and `<part>_addresses` (0..63). Single digits only, 11 classes: "z"
/// is 0 and "o" is 10. Source: Anumula, Neil, Delbruck, Liu, Frontiers in Neuroscience 2018.
std::unique_ptr<RecordedSet> open_ntidigits(const std::filesystem::path& file, DataPart part,
                                            const ReadOptions& options = {});

/// N-MNIST: a folder, or the published zip archive of it, with one folder a digit, of files with
/// 5 bytes an event (x, y, polarity and time in microseconds); 34 x 34 pixels, 2 polarities.
/// Source: Orchard, Jayawant, Cohen, Thakor, Frontiers in Neuroscience 2015.
std::unique_ptr<RecordedSet> open_nmnist(const std::filesystem::path& part,
                                         const ReadOptions& options = {});

/// DVS Gesture as numpy arrays: folders `user<NN>_<light>` with `<label>.npy`, each n x 4 (x, y,
/// polarity, milliseconds) or with fields x, y, p and t (see decode_gesture_array). Label 10 ("other") is left out; 10 classes, 128 x 128 pixels.
/// Source: Amir et al., CVPR 2017.
std::unique_ptr<RecordedSet> open_gesture_arrays(const std::filesystem::path& part_folder,
                                                 const ReadOptions& options = {});

/// DVS Gesture as published: `user<NN>_<light>.aedat` (AEDAT 3.1) with `_labels.csv` (class 1..11,
/// start and end in microseconds) and `trials_to_train.txt` / `trials_to_test.txt`.
std::unique_ptr<RecordedSet> open_gesture_recordings(const std::filesystem::path& folder,
                                                     DataPart part,
                                                     const ReadOptions& options = {});

/// Throws Error(setting) where a time unit is said for files whose format has one of its own.
void require_published_unit(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace paralif
