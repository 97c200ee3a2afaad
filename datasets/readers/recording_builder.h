// Checks events one by one as a reader finds them, so that all readers refuse the same things.
#pragma once

#include <cstdint>
#include <string>

#include "datasets/read_options.h"
#include "datasets/recording.h"

namespace paralif {

/// Collects the events of one sample. A bad one throws Error(file) with file and sample, or is left
/// out and counted where the options say so; events out of order are put in order and counted.
class RecordingBuilder {
 public:
  /// `file` and `sample` are for the errors; an empty sample means the file is the sample.
  RecordingBuilder(SensorShape sensor, std::string file, std::string sample, std::size_t events,
                   ReadOptions options = {});

  /// A unit of a sensor of one row.
  void add(double time, std::int64_t unit);
  void add(double time, std::int64_t x, std::int64_t y, std::int64_t polarity);
  /// An event whose time was out of order in its stream and has been given by its place there.
  void note_out_of_order(std::uint64_t event, double stamp, double tick_s);

  [[noreturn]] void fail(const std::string& problem, const std::string& remedy = {}) const;
  /// Cameras: an event out of order is put where it stands among the others, unless one in ten is;
  /// others are sorted by their times. `tick_s`: seconds of a unit of time; where it is given, a
  /// sample too long to be true is refused unless the options say the unit.
  [[nodiscard]] Recording take(TimePrecision precision = TimePrecision::full, double tick_s = 0.0);

 private:
  [[nodiscard]] static bool good_time(double time) { return time >= 0 && time <= 1e15; }
  void bad(const std::string& problem);
  void bad_time(double time);
  void keep(double time, std::int32_t unit);
  void put_in_order();
  void question_length(double tick_s) const;

  SensorShape sensor_;
  std::string file_;
  std::string sample_;
  ReadOptions options_;
  double last_ = 0.0;
  bool sorted_ = true;
  std::size_t seen_ = 0;
  Recording recording_;
};

inline void RecordingBuilder::keep(double time, std::int32_t unit) {
  sorted_ = sorted_ && time >= last_;
  last_ = time;
  recording_.time.push_back(time);
  recording_.unit.push_back(static_cast<std::uint16_t>(unit));
  ++seen_;
}

inline void RecordingBuilder::add(double time, std::int64_t unit) {
  if (!good_time(time)) return bad_time(time);
  if (unit < 0 || unit >= sensor_.units()) {
    return bad("has unit " + std::to_string(unit) + ", outside 0.." +
               std::to_string(sensor_.units() - 1));
  }
  keep(time, static_cast<std::int32_t>(unit));
}

inline void RecordingBuilder::add(double time, std::int64_t x, std::int64_t y,
                                  std::int64_t polarity) {
  if (!good_time(time)) return bad_time(time);
  if (x < 0 || x >= sensor_.width || y < 0 || y >= sensor_.height || polarity < 0 ||
      polarity >= sensor_.polarities) {
    return bad("is at pixel (" + std::to_string(x) + ", " + std::to_string(y) +
               ") with polarity " + std::to_string(polarity) + ", outside the sensor of " +
               std::to_string(sensor_.width) + " x " + std::to_string(sensor_.height));
  }
  keep(time, sensor_.unit(static_cast<std::int32_t>(x), static_cast<std::int32_t>(y),
                          static_cast<std::int32_t>(polarity)));
}

}  // namespace paralif
