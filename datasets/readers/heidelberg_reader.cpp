// Reader of the Heidelberg digits and the speech commands, which share one layout.
#include <algorithm>
#include <cmath>

#include "datasets/error.h"
#include "datasets/readers/hdf5_columns.h"
#include "datasets/readers/readers.h"
#include "datasets/readers/recording_builder.h"
#include "datasets/readers/speech_classes.h"

namespace paralif {
namespace {

constexpr SensorShape cochlea{700, 1, 1};

class HeidelbergSet : public RecordedSet {
 public:
  HeidelbergSet(SetDescription description, const std::vector<std::filesystem::path>& others)
      : RecordedSet(std::move(description)), file_(this->description().path) {
    const std::int64_t rows = file_.ragged_rows("spikes/times");
    if (file_.ragged_rows("spikes/units") != rows) fail("has not as many units as times");
    SpeechClasses classes(file_);
    labels_ = std::move(classes.labels);
    if (static_cast<std::int64_t>(labels_.size()) != rows) {
      fail("has " + std::to_string(labels_.size()) + " labels for " + std::to_string(rows) +
           " samples");
    }
    if (rows == 0) fail("holds no samples");
    join_classes(classes, this->description().path, others);
    described().classes = classes.count;
    described().class_names = std::move(classes.names);
    for (const std::int64_t sample : {std::int64_t{0}, rows / 2}) question_length(sample);
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
    const StoredNumbers times = file_.ragged_row("spikes/times", sample);
    const StoredNumbers units = file_.ragged_row("spikes/units", sample);
    RecordingBuilder builder(cochlea, description().path.string(), origin(sample),
                             times.values.size(), description().options);
    if (times.values.size() != units.values.size()) {
      builder.fail("has " + std::to_string(times.values.size()) + " times and " +
                   std::to_string(units.values.size()) + " units");
    }
    for (std::size_t i = 0; i < times.values.size(); ++i) {
      builder.add(times.values[i], whole(units.values[i]));
    }
    return builder.take(times.precision, description().tick_s);
  }

 private:
  /// A file in another unit is told by its first samples, before anything is made of it.
  void question_length(std::int64_t sample) const {
    RecordingBuilder builder(cochlea, description().path.string(), origin(sample), 0,
                             description().options);
    double last = 0.0;
    StoredNumbers times;
    try {
      times = file_.ragged_row("spikes/times", sample);
    } catch (const Error&) {
      return;  // told when the sample is read
    }
    for (const double time : times.values) {
      if (time >= 0 && time <= 1e15) last = std::max(last, time);
    }
    builder.add(last, 0);
    (void)builder.take(times.precision, description().tick_s);
  }

  static std::int64_t whole(double unit) {
    return unit >= 0 && unit < 1e6 && unit == std::floor(unit) ? static_cast<std::int64_t>(unit)
                                                               : -1;
  }

  [[noreturn]] void fail(const std::string& problem) const {
    throw Error(Error::Kind::file, description().path.string(), problem, "download the file again");
  }

  Hdf5EventFile file_;
  std::vector<std::uint16_t> labels_;
};

}  // namespace

std::unique_ptr<RecordedSet> open_heidelberg(const std::filesystem::path& file,
                                             const ReadOptions& options,
                                             const std::vector<std::filesystem::path>& others) {
  return std::make_unique<HeidelbergSet>(
      SetDescription{"heidelberg", cochlea, 20, seconds_of(options.time_unit, 1.0), file, options},
      others);
}

std::unique_ptr<RecordedSet> open_speech_commands(
    const std::filesystem::path& file, const ReadOptions& options,
    const std::vector<std::filesystem::path>& others) {
  return std::make_unique<HeidelbergSet>(
      SetDescription{"ssc", cochlea, 35, seconds_of(options.time_unit, 1.0), file, options},
      others);
}

}  // namespace paralif
