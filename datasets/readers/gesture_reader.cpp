// Readers of DVS Gesture, as numpy folders and as original recordings.
#include <algorithm>
#include <charconv>
#include <fstream>
#include <mutex>
#include <sstream>

#include "datasets/error.h"
#include "datasets/file_names.h"
#include "datasets/readers/event_bytes.h"
#include "datasets/readers/readable.h"
#include "datasets/readers/readers.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t gesture_classes = 10;  // class 10, "other", is left out
constexpr std::uintmax_t largest_array = std::uintmax_t{512} << 20;
constexpr std::uintmax_t largest_text = 1 << 20;

[[noreturn]] void fail(const fs::path& path, const std::string& problem) {
  throw Error(Error::Kind::file, path.string(), problem, "unpack the published archive there");
}

class GestureArrays : public RecordedSet {
 public:
  explicit GestureArrays(SetDescription description) : RecordedSet(std::move(description)) {
    for (const fs::path& user : entries_of(this->description().path)) {
      if (!is_folder(user)) continue;
      for (const fs::path& file : entries_of(user)) {
        if (has_suffix(file, ".npy") && is_file(file)) add(file);
      }
    }
    if (files_.empty()) {
      fail(this->description().path, "holds no recordings: there is no folder with .npy files");
    }
  }

  std::int64_t size() const override { return static_cast<std::int64_t>(files_.size()); }
  std::int64_t label(std::int64_t sample) const override {
    return labels_.at(static_cast<std::size_t>(sample));
  }
  std::string origin(std::int64_t sample) const override {
    return files_.at(static_cast<std::size_t>(sample))
        .lexically_relative(description().path)
        .string();
  }

 protected:
  Recording load(std::int64_t sample) const override {
    const fs::path& file = files_[static_cast<std::size_t>(sample)];
    return decode_gesture_array(read_bytes(file, largest_array), file.string(),
                                description().options);
  }

 private:
  void add(const fs::path& file) {
    const std::string name = file.stem().string();
    std::int64_t label = -1;
    const auto [end, code] = std::from_chars(name.data(), name.data() + name.size(), label);
    if (code != std::errc{} || end != name.data() + name.size() || label < 0 ||
        label > gesture_classes) {
      fail(file, "is not named after a label from 0 to 10");
    }
    if (label == gesture_classes) return;
    files_.push_back(file);
    labels_.push_back(label);
  }

  std::vector<fs::path> files_;
  std::vector<std::int64_t> labels_;
};

class GestureRecordings : public RecordedSet {
 public:
  GestureRecordings(SetDescription description, DataPart part)
      : RecordedSet(std::move(description)) {
    const fs::path& folder = this->description().path;
    const fs::path list = folder / (std::string("trials_to_") + name_of(part) + ".txt");
    std::istringstream names(read_bytes(list, largest_text));
    for (std::string name; std::getline(names, name);) {
      while (!name.empty() && (name.back() == '\r' || name.back() == ' ')) name.pop_back();
      if (name.empty()) continue;
      if (fs::path(name).has_parent_path()) fail(list, "names the file '" + name + "' elsewhere");
      add(entry_named(folder, name));
    }
    if (trials_.empty()) fail(list, "names no recording");
  }

  std::int64_t size() const override { return static_cast<std::int64_t>(trials_.size()); }
  std::int64_t label(std::int64_t sample) const override {
    return trials_.at(static_cast<std::size_t>(sample)).label;
  }
  std::string origin(std::int64_t sample) const override {
    return recording_of(sample).filename().string() + " trial " +
           std::to_string(number_.at(static_cast<std::size_t>(sample)));
  }

 protected:
  Recording load(std::int64_t sample) const override {
    const fs::path& path = recording_of(sample);
    require_readable_file(path);
    std::ifstream stream(path, std::ios::binary);
    std::error_code code;
    const ByteSource bytes{fs::file_size(path, code),
                           [&](std::uint64_t at, char* to, std::size_t count) {
                             stream.seekg(static_cast<std::streamoff>(at));
                             stream.read(to, static_cast<std::streamsize>(count));
                             if (!stream) fail(path, "cannot be read");
                           }};
    const auto index = static_cast<std::size_t>(sample);
    return index_of(recording_[index], bytes)
        ->trial(bytes, trials_[index].span, "trial " + std::to_string(number_[index]),
                description().options);
  }

 private:
  /// Made when the first trial of a recording is read.
  std::shared_ptr<const AedatIndex> index_of(std::size_t recording, const ByteSource& bytes) const {
    {
      const std::lock_guard lock(mutex_);
      if (indices_[recording]) return indices_[recording];
    }
    auto made = std::make_shared<const AedatIndex>(bytes, recordings_[recording].string());
    const std::lock_guard lock(mutex_);
    indices_[recording] = made;
    return made;
  }

  const fs::path& recording_of(std::int64_t sample) const {
    return recordings_[recording_.at(static_cast<std::size_t>(sample))];
  }

  void add(const fs::path& recording) {
    const fs::path labels =
        entry_named(recording.parent_path(), recording.stem().string() + "_labels.csv");
    const auto trials = decode_gesture_labels(read_bytes(labels, largest_text), labels.string());
    recordings_.push_back(recording);
    indices_.emplace_back();
    for (std::size_t i = 0; i < trials.size(); ++i) {
      if (trials[i].label == gesture_classes) continue;
      trials_.push_back(trials[i]);
      recording_.push_back(recordings_.size() - 1);
      number_.push_back(i);
    }
  }

  std::vector<fs::path> recordings_;
  std::vector<GestureTrial> trials_;
  std::vector<std::size_t> recording_;  ///< of each trial
  std::vector<std::size_t> number_;     ///< row of each trial in its label file
  mutable std::mutex mutex_;            ///< of the indices
  mutable std::vector<std::shared_ptr<const AedatIndex>> indices_;
};

}  // namespace

std::unique_ptr<RecordedSet> open_gesture_arrays(const fs::path& part_folder,
                                                 const ReadOptions& options) {
  return std::make_unique<GestureArrays>(
      SetDescription{"dvsgesture", gesture_sensor, gesture_classes, 1e-6, part_folder, options});
}

std::unique_ptr<RecordedSet> open_gesture_recordings(const fs::path& folder, DataPart part,
                                                     const ReadOptions& options) {
  require_published_unit(folder, options);
  return std::make_unique<GestureRecordings>(
      SetDescription{"dvsgesture", gesture_sensor, gesture_classes, 1e-6, folder, options}, part);
}

}  // namespace paralif
