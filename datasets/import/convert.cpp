#include "datasets/import/convert.h"

#include <algorithm>

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

bool is_sound(const fs::path& file) {
  const std::string type = file.extension().string();
  return type == ".wav" || type == ".WAV" || type == ".flac" || type == ".ogg";
}

bool is_spike_list(const fs::path& file) {
  const std::string type = file.extension().string();
  return type == ".csv" || type == ".txt" || type == ".tsv" || type == ".npy" || type == ".h5" ||
         type == ".hdf5";
}

void write_part(const fs::path& file, const std::vector<Source>& sources,
                const std::vector<std::string>& names, const SpikeListMapping& mapping,
                const std::function<void()>& tick) {
  replace_file(file, [&](const fs::path& aside) {
    Hdf5EventWriter writer(aside);
    writer.begin_ragged(static_cast<std::int64_t>(sources.size()), StoredTime::single);
    std::vector<std::int64_t> labels;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const Recording recording = import_recording(sources[i].file, mapping);
      writer.ragged_row(static_cast<std::int64_t>(i), recording.time, recording.unit);
      labels.push_back(sources[i].label);
      tick();
    }
    writer.integers("labels", labels);
    writer.texts("extra/keys", names);
    writer.close();
  });
}

}  // namespace

Recording import_recording(const fs::path& file, const SpikeListMapping& mapping) {
  if (!is_sound(file)) return read_spike_list(file, mapping);
  const Sound sound = read_sound(file);
  CochleaSettings settings;
  settings.channels = mapping.channels;
  return cochlea_spikes(sound.samples, sound.rate_hz, settings);
}

ConvertReport convert_folder(const fs::path& folder, const fs::path& out,
                             const SpikeListMapping& mapping,
                             const std::function<bool(double)>& progress) {
  ConvertReport report;
  std::vector<Source> train;
  std::vector<Source> test;
  for (const fs::path& entry : entries_of(folder)) {
    if (!is_folder(entry)) continue;
    std::vector<fs::path> files;
    for (const fs::path& file : entries_of(entry)) {
      if (is_file(file) && (is_sound(file) || is_spike_list(file))) files.push_back(file);
    }
    if (files.empty()) continue;
    const auto label = static_cast<std::int64_t>(report.class_names.size());
    report.class_names.push_back(entry.filename().string());
    for (std::size_t i = 0; i < files.size(); ++i) {
      (i % test_every == test_every - 1 ? test : train).push_back({files[i], label});
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
  const auto tick = [&] {
    ++done;
    if (progress &&
        !progress(static_cast<double>(done) / static_cast<double>(train.size() + test.size()))) {
      throw Error(Error::Kind::file, out.string(), "was not finished: the writing was stopped");
    }
  };
  write_part(out / "shd_train.h5", train, report.class_names, mapping, tick);
  write_part(out / "shd_test.h5", test, report.class_names, mapping, tick);
  report.train = static_cast<std::int64_t>(train.size());
  report.test = static_cast<std::int64_t>(test.size());
  return report;
}

}  // namespace paralif
