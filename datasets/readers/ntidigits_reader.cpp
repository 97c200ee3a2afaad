// Reader of N-TIDIGITS.
#include <cmath>

#include "datasets/error.h"
#include "datasets/readers/hdf5_columns.h"
#include "datasets/readers/readers.h"
#include "datasets/readers/recording_builder.h"

namespace paralif {
namespace {

constexpr SensorShape cochlea{64, 1, 1};
constexpr std::int64_t digit_classes = 11;

/// The digit of a key such as "xx-yy-3"; -1 for a key of several digits.
int digit_of(const std::string& key) {
  const std::size_t dash = key.rfind('-');
  const std::string last = dash == std::string::npos ? key : key.substr(dash + 1);
  if (last.size() != 1) return -1;
  if (last == "z") return 0;
  if (last == "o") return 10;
  return last[0] >= '0' && last[0] <= '9' ? last[0] - '0' : -2;
}

class NTidigitsSet : public RecordedSet {
 public:
  NTidigitsSet(SetDescription description, DataPart part)
      : RecordedSet(std::move(description)), file_(this->description().path), part_(name_of(part)) {
    for (const std::string& key : file_.texts(part_ + "_labels")) {
      const int digit = digit_of(key);
      if (digit == -1) continue;
      if (digit < 0 || key.find('/') != std::string::npos) {
        fail("has the " + part_ + " label '" + key + "', which names no digit");
      }
      keys_.push_back(key);
      labels_.push_back(digit);
    }
    if (keys_.empty()) fail("holds no single digits to " + part_);
  }

  std::int64_t size() const override { return static_cast<std::int64_t>(keys_.size()); }
  std::int64_t label(std::int64_t sample) const override {
    return labels_.at(static_cast<std::size_t>(sample));
  }
  std::string origin(std::int64_t sample) const override {
    return part_ + " sample " + std::to_string(sample) + " (" +
           keys_.at(static_cast<std::size_t>(sample)) + ")";
  }

 protected:
  Recording load(std::int64_t sample) const override {
    const std::string& key = keys_[static_cast<std::size_t>(sample)];
    const StoredNumbers times = file_.numbers(part_ + "_timestamps/" + key);
    const StoredNumbers units = file_.numbers(part_ + "_addresses/" + key);
    RecordingBuilder builder(cochlea, description().path.string(), origin(sample),
                             times.values.size(), description().options);
    if (times.values.size() != units.values.size()) {
      builder.fail("has " + std::to_string(times.values.size()) + " times and " +
                   std::to_string(units.values.size()) + " addresses");
    }
    for (std::size_t i = 0; i < times.values.size(); ++i) {
      const double unit = units.values[i];
      const bool whole = unit >= 0 && unit < 1e6 && unit == std::floor(unit);
      builder.add(times.values[i], whole ? static_cast<std::int64_t>(unit) : -1);
    }
    return builder.take(times.precision, description().tick_s);
  }

 private:
  [[noreturn]] void fail(const std::string& problem) const {
    throw Error(Error::Kind::file, description().path.string(), problem, "download the file again");
  }

  Hdf5EventFile file_;
  std::string part_;
  std::vector<std::string> keys_;
  std::vector<int> labels_;
};

}  // namespace

std::unique_ptr<RecordedSet> open_ntidigits(const std::filesystem::path& file, DataPart part,
                                            const ReadOptions& options) {
  return std::make_unique<NTidigitsSet>(
      SetDescription{"ntidigits", cochlea, digit_classes, seconds_of(options.time_unit, 1.0), file,
                     options},
      part);
}

}  // namespace paralif
