// Reader of N-MNIST: folders of small event files.
#include "datasets/error.h"
#include "datasets/readers/event_bytes.h"
#include "datasets/readers/readable.h"
#include "datasets/readers/readers.h"

namespace paralif {
namespace {

constexpr std::uintmax_t largest_file = 64 << 20;

class NmnistSet : public RecordedSet {
 public:
  explicit NmnistSet(SetDescription description) : RecordedSet(std::move(description)) {
    for (int digit = 0; digit < 10; ++digit) {
      const auto folder = this->description().path / std::to_string(digit);
      if (!is_folder(folder)) continue;
      for (const auto& file : entries_of(folder)) {
        if (file.extension() != ".bin") continue;
        names_.push_back(file.filename().string());
        labels_.push_back(static_cast<std::uint8_t>(digit));
      }
    }
    if (names_.empty()) {
      throw Error(Error::Kind::file, this->description().path.string(),
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
    return decode_nmnist(read_bytes(file, largest_file), file.string());
  }

 private:
  std::vector<std::string> names_;
  std::vector<std::uint8_t> labels_;
};

}  // namespace

std::unique_ptr<RecordedSet> open_nmnist(const std::filesystem::path& part_folder) {
  return std::make_unique<NmnistSet>(
      SetDescription{"nmnist", nmnist_sensor, 10, 1e-6, part_folder});
}

}  // namespace paralif
