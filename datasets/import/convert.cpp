#include "datasets/import/convert.h"

#include <algorithm>
#include <cctype>

#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/import/cochlea.h"
#include "datasets/readers/readable.h"
#include "datasets/samples/hdf5_event_writer.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_classes = 20;  // of the format
constexpr std::size_t test_every = 5;

struct Source {
  fs::path file;
  std::int64_t label;
};

void write_part(const fs::path& file, const std::vector<Source>& sources,
                const std::vector<std::string>& names, const SpikeListMapping& mapping,
                const std::function<bool()>& go_on, std::size_t& done) {
  replace_file(file, [&](const fs::path& aside) {
    Hdf5EventWriter writer(aside);
    writer.begin_ragged(static_cast<std::int64_t>(sources.size()), StoredTime::single);
    std::vector<std::int64_t> labels;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const Recording recording = import_recording(sources[i].file, mapping, go_on);
      writer.ragged_row(static_cast<std::int64_t>(i), recording.time, recording.unit);
      labels.push_back(sources[i].label);
      ++done;
    }
    writer.integers("labels", labels);
    writer.texts("extra/keys", names);
    writer.close();
  });
}

}  // namespace

RecordingKind recording_kind(const fs::path& file) {
  std::string type = file.extension().string();
  std::ranges::transform(type, type.begin(), [](unsigned char c) { return std::tolower(c); });
  if (type == ".wav" || type == ".flac" || type == ".ogg") return RecordingKind::sound;
  if (type == ".h5" || type == ".hdf5") return RecordingKind::hdf5;
  if (type == ".csv" || type == ".txt" || type == ".tsv" || type == ".npy") {
    return RecordingKind::table;
  }
  return RecordingKind::none;
}

Recording import_recording(const fs::path& file, const SpikeListMapping& mapping,
                           const std::function<bool()>& go_on) {
  Recording recording;
  if (recording_kind(file) == RecordingKind::sound) {
    const Sound sound = read_sound(file);
    CochleaSettings settings;
    settings.channels = mapping.channels;
    recording = cochlea_spikes(sound.samples, sound.rate_hz, settings, go_on);
  } else {
    recording = read_spike_list(file, mapping);
  }
  if (go_on && !go_on()) {
    throw Error(Error::Kind::file, file.string(), "was not read to its end: it was stopped");
  }
  return recording;
}

std::vector<RecordingClass> find_recordings(const fs::path& folder) {
  std::vector<RecordingClass> classes;
  for (const fs::path& entry : entries_of(folder)) {
    if (!is_folder(entry)) continue;
    RecordingClass found{entry.filename().string(), {}};
    for (const fs::path& file : entries_of(entry)) {
      if (is_file(file) && recording_kind(file) != RecordingKind::none) found.files.push_back(file);
    }
    if (!found.files.empty()) classes.push_back(std::move(found));
  }
  return classes;
}

ConvertReport convert_folder(const fs::path& folder, const fs::path& out,
                             const SpikeListMapping& mapping,
                             const std::function<bool(double)>& progress) {
  ConvertReport report;
  std::vector<Source> train;
  std::vector<Source> test;
  for (const RecordingClass& found : find_recordings(folder)) {
    const auto label = static_cast<std::int64_t>(report.class_names.size());
    report.class_names.push_back(found.name);
    for (std::size_t i = 0; i < found.files.size(); ++i) {
      (i % test_every == test_every - 1 ? test : train).push_back({found.files[i], label});
    }
  }
  const auto fail = [&](const std::string& problem, const std::string& remedy) {
    throw Error(Error::Kind::file, folder.string(), problem, remedy);
  };
  if (report.class_names.size() < 2 || report.class_names.size() > most_classes) {
    fail("has recordings of " + std::to_string(report.class_names.size()) + " classes",
         "make one folder for each of 2 to 20 classes, with sounds or spike lists in it");
  }
  if (test.empty()) {
    fail("has too few recordings to test on", "give at least five of one class");
  }
  fs::create_directories(out);
  for (const char* name : {"shd_train.h5", "shd_test.h5"}) {
    if (is_file(out / name)) {
      throw Error(Error::Kind::file, (out / name).string(), "is there already",
                  "choose another folder, or remove it");
    }
  }
  std::size_t done = 0;
  const auto go_on = [&] {
    return !progress ||
           progress(static_cast<double>(done) / static_cast<double>(train.size() + test.size()));
  };
  try {
    write_part(out / "shd_train.h5", train, report.class_names, mapping, go_on, done);
    write_part(out / "shd_test.h5", test, report.class_names, mapping, go_on, done);
  } catch (...) {
    // Half a dataset is worse than none.
    std::error_code code;
    fs::remove(out / "shd_train.h5", code);
    fs::remove(out, code);  // where it is empty
    throw;
  }
  if (progress) progress(1.0);
  report.train = static_cast<std::int64_t>(train.size());
  report.test = static_cast<std::int64_t>(test.size());
  return report;
}

}  // namespace paralif
