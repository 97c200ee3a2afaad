// Reader of N-MNIST: small event files in a folder a digit, unpacked or in the published archive.
#include <algorithm>
#include <optional>

#include "datasets/error.h"
#include "datasets/file_names.h"
#include "datasets/readers/event_bytes.h"
#include "datasets/readers/readable.h"
#include "datasets/readers/readers.h"
#include "datasets/readers/zip_archive.h"

namespace paralif {
namespace {

constexpr std::uintmax_t largest_file = 64 << 20;

SetDescription nmnist_description(const std::filesystem::path& path,
                                  const ReadOptions& options) {
  require_published_unit(path, options);
  return {"nmnist", nmnist_sensor, 10, 1e-6, path, options};
}

class NmnistFolder : public RecordedSet {
 public:
  NmnistFolder(const std::filesystem::path& path, const ReadOptions& options)
      : RecordedSet(nmnist_description(path, options)) {
    for (int digit = 0; digit < 10; ++digit) {
      const auto folder = path / std::to_string(digit);
      if (!is_folder(folder)) continue;
      for (const auto& file : entries_of(folder)) {
        if (!has_suffix(file, ".bin") || is_folder(file)) continue;
        names_.push_back(file.filename().string());
        labels_.push_back(static_cast<std::uint8_t>(digit));
      }
    }
    if (names_.empty()) {
      throw Error(Error::Kind::file, path.string(),
                  "holds no recordings: there is no folder 0..9 with .bin files",
                  "unpack the published archive there");
    }
  }

  std::int64_t size() const override { return static_cast<std::int64_t>(names_.size()); }
  std::int64_t label(std::int64_t sample) const override {
    return labels_.at(static_cast<std::size_t>(sample));
  }
  std::string origin(std::int64_t sample) const override {
    return std::to_string(label(sample)) + "/" + names_.at(static_cast<std::size_t>(sample));
  }

 protected:
  Recording load(std::int64_t sample) const override {
    const auto file = description().path / origin(sample);
    return decode_nmnist(read_bytes(file, largest_file), file.string(), description().options);
  }

 private:
  std::vector<std::string> names_;
  std::vector<std::uint8_t> labels_;
};

/// The digit of an entry such as Train/3/00012.bin; nothing for other entries.
std::optional<std::uint8_t> digit_of(const std::string& name) {
  if (!has_suffix(name, ".bin") || has_companion(name)) return {};
  const std::size_t slash = name.rfind('/');
  if (slash == std::string::npos || slash == 0) return {};
  const char digit = name[slash - 1];
  if (digit < '0' || digit > '9' || (slash > 1 && name[slash - 2] != '/')) return {};
  return static_cast<std::uint8_t>(digit - '0');
}

class NmnistArchive : public RecordedSet {
 public:
  NmnistArchive(const std::filesystem::path& path, const ReadOptions& options)
      : RecordedSet(nmnist_description(path, options)), archive_(path) {
    const auto& names = archive_.names();
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (const auto digit = digit_of(names[i])) entries_.push_back({*digit, i});
    }
    if (entries_.empty()) {
      throw Error(Error::Kind::file, path.string(),
                  "holds no recordings: there is no folder 0..9 with .bin files in it",
                  "use Train.zip and Test.zip as published");
    }
    // As the folder lists them.
    std::ranges::sort(entries_, [&](const Entry& a, const Entry& b) {
      return std::tie(a.digit, names[a.number]) < std::tie(b.digit, names[b.number]);
    });
  }

  std::int64_t size() const override { return static_cast<std::int64_t>(entries_.size()); }
  std::int64_t label(std::int64_t sample) const override { return entry(sample).digit; }
  std::string origin(std::int64_t sample) const override {
    return archive_.names()[entry(sample).number];
  }

 protected:
  Recording load(std::int64_t sample) const override {
    return decode_nmnist(archive_.read(entry(sample).number, largest_file),
                         description().path.string() + ":" + origin(sample),
                         description().options);
  }

 private:
  struct Entry {
    std::uint8_t digit;
    std::size_t number;  ///< in the archive
  };
  [[nodiscard]] const Entry& entry(std::int64_t sample) const {
    return entries_.at(static_cast<std::size_t>(sample));
  }

  ZipArchive archive_;
  std::vector<Entry> entries_;
};

}  // namespace

std::unique_ptr<RecordedSet> open_nmnist(const std::filesystem::path& part,
                                         const ReadOptions& options) {
  if (is_folder(part)) return std::make_unique<NmnistFolder>(part, options);
  return std::make_unique<NmnistArchive>(part, options);
}

}  // namespace paralif
