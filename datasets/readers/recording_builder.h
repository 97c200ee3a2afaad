// Checks events one by one as a reader finds them, so that all readers refuse the same things.
#pragma once

#include <cstdint>
#include <string>

#include "datasets/recording.h"

namespace paralif {

/// Collects the events of one sample. Every bad one throws Error(file) with file and sample.
class RecordingBuilder {
 public:
  /// `file` and `sample` are for the errors; an empty sample means the file is the sample.
  RecordingBuilder(SensorShape sensor, std::string file, std::string sample, std::size_t events);

  /// A unit of a sensor of one row.
  void add(double time, std::int64_t unit);
  void add(double time, std::int64_t x, std::int64_t y, std::int64_t polarity);

  [[noreturn]] void fail(const std::string& problem) const;
  [[nodiscard]] Recording take(TimePrecision precision = TimePrecision::full);

 private:
  void check_time(double time) const;
  [[noreturn]] void bad_time(double time) const;

  SensorShape sensor_;
  std::string file_;
  std::string sample_;
  double last_ = 0.0;
  Recording recording_;
};

inline void RecordingBuilder::check_time(double time) const {
  if (!(time >= last_) || time > 1e15) bad_time(time);
}

inline void RecordingBuilder::add(double time, std::int64_t unit) {
  check_time(time);
  if (unit < 0 || unit >= sensor_.units()) {
    fail("event " + std::to_string(recording_.size()) + " has unit " + std::to_string(unit) +
         ", outside 0.." + std::to_string(sensor_.units() - 1));
  }
  last_ = time;
  recording_.time.push_back(time);
  recording_.unit.push_back(static_cast<std::uint16_t>(unit));
}

inline void RecordingBuilder::add(double time, std::int64_t x, std::int64_t y,
                                  std::int64_t polarity) {
  check_time(time);
  if (x < 0 || x >= sensor_.width || y < 0 || y >= sensor_.height || polarity < 0 ||
      polarity >= sensor_.polarities) {
    fail("event " + std::to_string(recording_.size()) + " is at pixel (" + std::to_string(x) +
         ", " + std::to_string(y) + ") with polarity " + std::to_string(polarity) +
         ", outside the sensor of " + std::to_string(sensor_.width) + " x " +
         std::to_string(sensor_.height));
  }
  last_ = time;
  recording_.time.push_back(time);
  recording_.unit.push_back(static_cast<std::uint16_t>(
      sensor_.unit(static_cast<std::int32_t>(x), static_cast<std::int32_t>(y),
                   static_cast<std::int32_t>(polarity))));
}

}  // namespace paralif
