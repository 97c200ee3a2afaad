// Reader of the Heidelberg digits and the speech commands, which share one layout.
#include <cmath>

#include "datasets/error.h"
#include "datasets/readers/hdf5_columns.h"
#include "datasets/readers/readers.h"
#include "datasets/readers/recording_builder.h"

namespace paralif {
namespace {

constexpr SensorShape cochlea{700, 1, 1};

class HeidelbergSet : public RecordedSet {
 public:
  HeidelbergSet(SetDescription description)
      : RecordedSet(std::move(description)), file_(this->description().path) {
    const std::int64_t rows = file_.ragged_rows("spikes/times");
    if (file_.ragged_rows("spikes/units") != rows) fail("has not as many units as times");
    const StoredNumbers labels = file_.numbers("labels");
    if (static_cast<std::int64_t>(labels.values.size()) != rows) {
      fail("has " + std::to_string(labels.values.size()) + " labels for " + std::to_string(rows) +
           " samples");
    }
    if (rows == 0) fail("holds no samples");
    labels_.reserve(labels.values.size());
    for (const double label : labels.values) {
      if (!(label >= 0 && label < static_cast<double>(this->description().classes)) ||
          label != std::floor(label)) {
        fail("has a label outside 0.." + std::to_string(this->description().classes - 1) +
             " at sample " + std::to_string(labels_.size()));
      }
      labels_.push_back(static_cast<std::uint8_t>(label));
    }
  }

  std::int64_t size() const override { return static_cast<std::int64_t>(labels_.size()); }
  std::int64_t label(std::int64_t sample) const override {
    return labels_.at(static_cast<std::size_t>(sample));
  }
  std::string origin(std::int64_t sample) const override {
    return "sample " + std::to_string(sample);
  }

 protected:
  Recording load(std::int64_t sample) const override {
    StoredNumbers times = file_.ragged_row("spikes/times", sample);
    const StoredNumbers units = file_.ragged_row("spikes/units", sample);
    RecordingBuilder builder(cochlea, description().path.string(), origin(sample),
                             times.values.size());
    if (times.values.size() != units.values.size()) {
      builder.fail("has " + std::to_string(times.values.size()) + " times and " +
                   std::to_string(units.values.size()) + " units");
    }
    for (std::size_t i = 0; i < times.values.size(); ++i) {
      builder.add(times.values[i], whole(units.values[i]));
    }
    return builder.take(times.precision);
  }

 private:
  static std::int64_t whole(double unit) {
    return unit >= 0 && unit < 1e6 && unit == std::floor(unit) ? static_cast<std::int64_t>(unit)
                                                               : -1;
  }

  [[noreturn]] void fail(const std::string& problem) const {
    throw Error(Error::Kind::file, description().path.string(), problem, "download the file again");
  }

  Hdf5EventFile file_;
  std::vector<std::uint8_t> labels_;
};

}  // namespace

std::unique_ptr<RecordedSet> open_heidelberg(const std::filesystem::path& file) {
  return std::make_unique<HeidelbergSet>(SetDescription{"heidelberg", cochlea, 20, 1.0, file});
}

std::unique_ptr<RecordedSet> open_speech_commands(const std::filesystem::path& file) {
  return std::make_unique<HeidelbergSet>(SetDescription{"ssc", cochlea, 35, 1.0, file});
}

}  // namespace paralif
