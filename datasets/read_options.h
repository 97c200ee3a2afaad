// How the files of a dataset are read where they leave a choice.
#pragma once

#include <cstdint>
#include <string>

namespace paralif {

/// What the times in files count; published: as the publishers of the dataset have them.
enum class TimeUnit : std::uint8_t { published, seconds, milliseconds, microseconds };

struct ReadOptions {
  TimeUnit time_unit = TimeUnit::published;
  /// Events that cannot be right, such as those outside the sensor, are left out and counted
  /// instead of refusing the file.
  bool skip_bad_events = false;
};

/// "published", "s", "ms" or "us". Throws Error(setting) for anything else.
TimeUnit time_unit_named(const std::string& name);

/// Seconds of one unit; `published_s` for the published one.
double seconds_of(TimeUnit unit, double published_s);

/// Samples that last longer than this are questioned unless their time unit was said.
inline constexpr double longest_sample_s = 60.0;

}  // namespace paralif
