#include "datasets/readers/recording_builder.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "datasets/error.h"

namespace paralif {

RecordingBuilder::RecordingBuilder(SensorShape sensor, std::string file, std::string sample,
                                   std::size_t events)
    : sensor_(sensor), file_(std::move(file)), sample_(std::move(sample)) {
  // A claim is not memory: what is really there grows the vectors beyond this.
  const std::size_t expected = std::min(events, std::size_t{1} << 22);
  recording_.time.reserve(expected);
  recording_.unit.reserve(expected);
}

void RecordingBuilder::fail(const std::string& problem) const {
  throw Error(Error::Kind::file, file_, sample_.empty() ? problem : sample_ + ": " + problem,
              "download or convert the file again");
}

void RecordingBuilder::bad_time(double time) const {
  std::ostringstream text;
  text << "event " << recording_.size();
  if (!std::isfinite(time)) {
    text << " has no finite time";
  } else if (time < 0) {
    text << " has the negative time " << time;
  } else if (time > 1e15) {
    text << " has the impossible time " << time;
  } else {
    text << " is at " << time << ", before the event ahead of it at " << last_;
  }
  fail(text.str());
}

Recording RecordingBuilder::take(TimePrecision precision) {
  recording_.precision = precision;
  return std::move(recording_);
}

}  // namespace paralif
