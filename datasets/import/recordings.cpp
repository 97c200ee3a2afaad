#include "datasets/import/recordings.h"

#include <algorithm>
#include <array>

#include "datasets/error.h"
#include "datasets/file_names.h"
#include "datasets/import/cochlea.h"
#include "datasets/readers/readable.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 7> sounds{".wav", ".flac", ".ogg", ".aif",
                                                 ".aiff", ".au",  ".opus"};
constexpr std::array<std::string_view, 4> tables{".csv", ".txt", ".tsv", ".npy"};

}  // namespace

RecordingKind recording_kind(const fs::path& file) {
  if (is_companion(file)) return RecordingKind::none;
  const std::string type = suffix_of(file);
  if (std::ranges::find(sounds, type) != sounds.end()) return RecordingKind::sound;
  if (type == ".h5" || type == ".hdf5") return RecordingKind::hdf5;
  if (std::ranges::find(tables, type) != tables.end()) return RecordingKind::table;
  return holds_spike_table(file) ? RecordingKind::table : RecordingKind::none;
}

std::string recording_suffixes() {
  return "sounds (.wav, .flac, .ogg, .aiff, .au, .opus) or spike lists (.csv, .tsv, .txt, .npy, "
         ".h5, .hdf5, and .dat or any other suffix whose text is a table)";
}

SpikeList import_recording(const fs::path& file, const SpikeListMapping& mapping, StartTime start,
                           const std::function<bool()>& go_on) {
  SpikeList list;
  if (recording_kind(file) == RecordingKind::sound) {
    const Sound sound = read_sound(file);
    CochleaSettings settings;
    settings.channels = mapping.channels;
    list.recording = cochlea_spikes(sound.samples, sound.rate_hz, settings, go_on);
  } else {
    list = read_spike_list(file, mapping, start);
  }
  if (go_on && !go_on()) {
    throw Error(Error::Kind::file, file.string(), "was not read to its end: it was stopped");
  }
  return list;
}

FoundRecordings find_recordings(const fs::path& folder) {
  FoundRecordings found;
  for (const fs::path& entry : entries_of(folder)) {
    if (is_companion(entry) || !is_folder(entry)) continue;
    RecordingClass one{entry.filename().string(), {}};
    for (const fs::path& file : entries_of(entry)) {
      if (is_companion(file) || !is_file(file)) continue;
      (recording_kind(file) == RecordingKind::none ? found.left_out : one.files).push_back(file);
    }
    if (!one.files.empty()) found.classes.push_back(std::move(one));
  }
  return found;
}

}  // namespace paralif
