#include "datasets/read_options.h"

#include "datasets/error.h"
#include "datasets/readers/readers.h"

namespace paralif {

TimeUnit time_unit_named(const std::string& name) {
  if (name == "published") return TimeUnit::published;
  if (name == "s") return TimeUnit::seconds;
  if (name == "ms") return TimeUnit::milliseconds;
  if (name == "us") return TimeUnit::microseconds;
  throw Error(Error::Kind::setting, "time-unit", "'" + name + "' is unknown",
              "choose published, s, ms or us");
}

void require_published_unit(const std::filesystem::path& path, const ReadOptions& options) {
  if (options.time_unit == TimeUnit::published) return;
  throw Error(Error::Kind::setting, "time-unit",
              "cannot be chosen for " + path.string() + ": its format counts microseconds",
              "leave it out");
}

double seconds_of(TimeUnit unit, double published_s) {
  switch (unit) {
    case TimeUnit::published:
      break;
    case TimeUnit::seconds:
      return 1.0;
    case TimeUnit::milliseconds:
      return 1e-3;
    case TimeUnit::microseconds:
      return 1e-6;
  }
  return published_s;
}

}  // namespace paralif
