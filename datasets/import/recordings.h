// The recordings of a folder, one folder a class, and what each holds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "datasets/import/spike_list.h"

namespace paralif {

/// What kind of recording a file is: by its suffix, in any case, else by its text.
enum class RecordingKind : std::uint8_t { none, sound, table, hdf5 };
RecordingKind recording_kind(const std::filesystem::path& file);

/// The suffixes that are looked for, as a part of a sentence.
std::string recording_suffixes();

/// One recording: a spike list, or a sound through the model of the cochlea. Throws Error(file),
/// also when `go_on` says no.
SpikeList import_recording(const std::filesystem::path& file, const SpikeListMapping& mapping,
                           StartTime start = StartTime::subtract_late,
                           const std::function<bool()>& go_on = {});

struct RecordingClass {
  std::string name;
  std::vector<std::filesystem::path> files;
};

struct FoundRecordings {
  std::vector<RecordingClass> classes;          ///< those with recordings, in the order of names
  std::vector<std::filesystem::path> left_out;  ///< files in their folders that are none
};
/// The recordings in `folder`/<class>/, in the order of their names, without the companions of
/// other systems (`._x`, `.DS_Store`). Throws Error(file).
FoundRecordings find_recordings(const std::filesystem::path& folder);

}  // namespace paralif
