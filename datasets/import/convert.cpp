#include "datasets/import/convert.h"

#include <algorithm>

#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/file_names.h"
#include "datasets/import/whole_folder.h"
#include "datasets/readers/points_reader.h"
#include "datasets/readers/readable.h"
#include "datasets/samples/hdf5_event_writer.h"
#include "datasets/text.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_classes = 1000;  // that the reader takes
constexpr std::size_t test_every = 5;

struct Source {
  fs::path file;
  std::int64_t label;
};

struct Sources {
  std::vector<Source> train;
  std::vector<Source> test;
};

std::string short_name(const fs::path& file) {
  return as_utf8((file.parent_path().filename() / file.filename()).string());
}

std::string note_of(const DatasetAbout& about) {
  std::string text = "A dataset of one's own recordings, in the format of the Heidelberg digits.\n";
  const auto line = [&](const char* what, const std::string& value) {
    if (!value.empty()) text += std::string(what) + ": " + printable(value) + "\n";
  };
  line("Name", about.name);
  line("Licence", about.licence);
  line("Source", about.source);
  return text;
}

/// Every fifth to test; the last of a class of two to four.
bool is_to_test(std::size_t index, std::size_t count) {
  if (count >= test_every) return index % test_every == test_every - 1;
  return count >= 2 && index == count - 1;
}

Sources sources_of(const fs::path& folder, ConvertReport& report) {
  const auto fail = [&](const std::string& problem, const std::string& remedy) {
    throw Error(Error::Kind::file, folder.string(), problem, remedy);
  };
  const FoundRecordings found = find_recordings(folder);
  Sources sources;
  for (const RecordingClass& one : found.classes) {
    const auto label = static_cast<std::int64_t>(report.class_names.size());
    report.class_names.push_back(as_utf8(one.name));
    for (std::size_t i = 0; i < one.files.size(); ++i) {
      (is_to_test(i, one.files.size()) ? sources.test : sources.train)
          .push_back({one.files[i], label});
    }
  }
  for (const fs::path& file : found.left_out) report.left_out.push_back(short_name(file));
  if (found.classes.empty()) {
    fail("has no recordings in its folders", "put " + recording_suffixes() +
                                                 " into it, in one folder for each class");
  }
  if (report.class_names.size() < 2 || report.class_names.size() > most_classes) {
    fail("has recordings of " + std::to_string(report.class_names.size()) +
             (report.class_names.size() == 1 ? " class" : " classes"),
         "make one folder for each of 2 to " + std::to_string(most_classes) +
             " classes, with sounds or spike lists in it");
  }
  if (sources.test.empty()) {
    fail("has too few recordings to test on", "give at least two of one class, better five");
  }
  return sources;
}

/// Asked between and within recordings; a stop becomes an error there.
using GoOn = std::function<bool()>;

/// Reads the spike lists once for what all of them share: whether times begin late in one. Errors
/// in any file come before anything is written.
StartTime common_start(const Sources& sources, const SpikeListMapping& mapping, const GoOn& go_on,
                       std::size_t& done, ConvertReport& report) {
  bool late = false;
  for (const std::vector<Source>* part : {&sources.train, &sources.test}) {
    for (const Source& source : *part) {
      ++done;
      if (recording_kind(source.file) == RecordingKind::sound) continue;
      const SpikeList list =
          import_recording(source.file, mapping, StartTime::subtract_late, go_on);
      late = late || list.start_s > 0;
      if (report.read_as.empty() && list.recording.size() > 0) report.read_as = list.read_as;
    }
  }
  return late ? StartTime::subtract : StartTime::keep;
}

void write_part(const fs::path& file, const std::vector<Source>& sources,
                const SpikeListMapping& mapping, StartTime start, const DatasetAbout& about,
                const GoOn& go_on, std::size_t& done, ConvertReport& report) {
  replace_file(file, [&](const fs::path& aside) {
    Hdf5EventWriter writer(aside);
    // Doubles: times of microseconds over minutes stay what they were.
    writer.begin_ragged(static_cast<std::int64_t>(sources.size()), StoredTime::full);
    std::vector<std::int64_t> labels;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const SpikeList list = import_recording(sources[i].file, mapping, start, go_on);
      const Recording& recording = list.recording;
      writer.ragged_row(static_cast<std::int64_t>(i), recording.time, recording.unit);
      labels.push_back(sources[i].label);
      report.skipped += list.skipped;
      report.start_s = std::max(report.start_s, list.start_s);
      if (recording.size() == 0) {
        report.silent.push_back(short_name(sources[i].file));
      } else {
        report.longest_s = std::max(report.longest_s, recording.time.back());
      }
      ++done;
    }
    writer.integers("labels", labels);
    writer.texts("extra/keys", report.class_names);
    writer.texts("extra/name", {about.name});
    writer.texts("extra/licence", {about.licence});
    writer.texts("extra/source", {about.source});
    writer.close();
  });
}

}  // namespace

ConvertReport convert_folder(const fs::path& folder, const fs::path& out,
                             const SpikeListMapping& mapping, const DatasetAbout& about,
                             const std::function<bool(double)>& progress) {
  require_folder(folder);
  ConvertReport report;
  const Sources sources = sources_of(folder, report);
  const std::size_t samples = sources.train.size() + sources.test.size();
  std::size_t done = 0;
  const GoOn go_on = [&] {
    return !progress ||
           progress(static_cast<double>(done) / static_cast<double>(2 * samples));
  };
  DatasetAbout told = about;
  if (told.name.empty()) {
    fs::path named = out.lexically_normal();
    if (!named.has_filename()) named = named.parent_path();
    told.name = as_utf8(named.filename().string());
  }
  make_whole_folder(out, [&](const fs::path& aside) {
    const StartTime start = common_start(sources, mapping, go_on, done, report);
    write_part(aside / "shd_train.h5", sources.train, mapping, start, told, go_on, done, report);
    write_part(aside / "shd_test.h5", sources.test, mapping, start, told, go_on, done, report);
    if (report.silent.size() == samples) {
      throw Error(Error::Kind::file, folder.string(), "holds no spike in any of its recordings",
                  "check what was recorded");
    }
    write_file(aside / imported_note, note_of(told));
  });
  if (progress) progress(1.0);
  report.train = static_cast<std::int64_t>(sources.train.size());
  report.test = static_cast<std::int64_t>(sources.test.size());
  return report;
}

ConvertedPoints convert_points(const fs::path& table, const fs::path& out,
                               const TableOptions& options) {
  constexpr std::uintmax_t largest_file = 64 << 20;
  const PointSet set = decode_points(read_bytes(table, largest_file), table.string(), options);
  std::error_code code;
  const fs::path file = out / "points.csv";
  if (fs::exists(file, code)) {
    throw Error(Error::Kind::file, file.string(), "is there already", "choose another folder");
  }
  fs::create_directories(out, code);
  if (code) {
    throw Error(Error::Kind::file, out.string(), "cannot be written: " + code.message(),
                "check the permissions of its folder");
  }
  write_file(file, points_text(set));
  return {set.points.size(), set.skipped, set.class_names};
}

}  // namespace paralif
