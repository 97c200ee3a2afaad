// A folder of one's own recordings as a dataset in the format of SHD.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "datasets/import/spike_list.h"

namespace paralif {

struct ConvertReport {
  std::int64_t train = 0;  ///< samples written
  std::int64_t test = 0;
  std::vector<std::string> class_names;
};

/// What kind of recording a file's name says it is.
enum class RecordingKind : std::uint8_t { none, sound, table, hdf5 };
RecordingKind recording_kind(const std::filesystem::path& file);

/// One recording: a spike list, or a sound through the model of the cochlea. Throws Error(file),
/// also when `go_on` says no.
Recording import_recording(const std::filesystem::path& file, const SpikeListMapping& mapping,
                           const std::function<bool()>& go_on = {});

struct RecordingClass {
  std::string name;
  std::vector<std::filesystem::path> files;
};
/// The recordings in `folder`/<class>/, in the order of their names; folders without any are left
/// out. Throws Error(file).
std::vector<RecordingClass> find_recordings(const std::filesystem::path& folder);

/// Reads `folder`/<class>/<recording> (up to 20 classes, in the order of their names) and writes
/// shd_train.h5 and shd_test.h5 into `out`, with every fifth recording of a class to test.
/// Throws Error(file); files that are there are not replaced. `progress` is told the part that is
/// done and says whether to go on.
ConvertReport convert_folder(const std::filesystem::path& folder, const std::filesystem::path& out,
                             const SpikeListMapping& mapping,
                             const std::function<bool(double)>& progress = {});

}  // namespace paralif
