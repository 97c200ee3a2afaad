#include "datasets/readers/recording_builder.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

#include "datasets/error.h"
#include "datasets/readers/event_order.h"

namespace paralif {

RecordingBuilder::RecordingBuilder(SensorShape sensor, std::string file, std::string sample,
                                   std::size_t events, ReadOptions options)
    : sensor_(sensor), file_(std::move(file)), sample_(std::move(sample)), options_(options) {
  // A claim is not memory: what is really there grows the vectors beyond this.
  const std::size_t expected = std::min(events, std::size_t{1} << 22);
  recording_.time.reserve(expected);
  recording_.unit.reserve(expected);
}

void RecordingBuilder::fail(const std::string& problem, const std::string& remedy) const {
  throw Error(Error::Kind::file, file_, sample_.empty() ? problem : sample_ + ": " + problem,
              remedy.empty() ? "download or convert the file again" : remedy);
}

void RecordingBuilder::bad(const std::string& problem) {
  const std::string sentence = "event " + std::to_string(seen_) + " " + problem;
  if (!options_.skip_bad_events) {
    fail(sentence, "mend the file, or leave such events out with '--skip-bad events' "
                   "(in the window: 'Leave out if bad' in Train)");
  }
  ++seen_;
  EventFlaws flaw;
  flaw.left_out = 1;
  flaw.first_left_out = (sample_.empty() ? file_ : file_ + ", " + sample_) + ": " + sentence;
  recording_.flaws.add(flaw);
}

void RecordingBuilder::bad_time(double time) {
  if (!std::isfinite(time)) return bad("has no finite time");
  std::ostringstream text;
  text << "has the " << (time < 0 ? "negative" : "impossible") << " time " << time;
  bad(text.str());
}

void RecordingBuilder::note_out_of_order(std::uint64_t event, double stamp, double tick_s) {
  std::ostringstream text;
  text << (sample_.empty() ? file_ : file_ + ", " + sample_) << ": event " << event << " says "
       << stamp * tick_s << " s";
  EventFlaws flaw;
  flaw.out_of_order = 1;
  flaw.first_out_of_order = text.str();
  recording_.flaws.add(flaw);
}

void RecordingBuilder::put_in_order() {
  auto& times = recording_.time;
  const std::vector<std::size_t> places = out_of_order(times);
  std::ostringstream text;
  text << (sample_.empty() ? file_ : file_ + ", " + sample_) << ": event " << places.front()
       << " has the time " << times[places.front()];
  EventFlaws flaw;
  flaw.out_of_order = places.size();
  flaw.first_out_of_order = text.str();
  recording_.flaws.add(flaw);
  if (sensor_.is_image() && places.size() <= std::max<std::size_t>(1, times.size() / 10)) {
    retime_by_place(times, places);
    return;
  }
  std::vector<std::uint32_t> order(times.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t event) { return times[event]; });
  Recording sorted;
  sorted.time.reserve(times.size());
  sorted.unit.reserve(times.size());
  for (const std::uint32_t event : order) {
    sorted.time.push_back(times[event]);
    sorted.unit.push_back(recording_.unit[event]);
  }
  recording_.time = std::move(sorted.time);
  recording_.unit = std::move(sorted.unit);
}

void RecordingBuilder::question_length(double tick_s) const {
  if (options_.time_unit != TimeUnit::published || recording_.size() == 0) return;
  const double last = recording_.time.back();
  if (last * tick_s <= longest_sample_s) return;
  // The next smaller unit that makes it plausible.
  const bool milliseconds = tick_s > 0.5 && last * 1e-3 <= longest_sample_s;
  std::ostringstream text;
  text << "lasts " << last * tick_s << " s, longer than a sample should";
  fail(text.str(), std::string("say in which unit the file keeps its times, such as "
                               "'--time-unit ") +
                       (milliseconds ? "ms" : "us") +
                       "' (in the window: 'Time unit of the files' in Train)");
}

Recording RecordingBuilder::take(TimePrecision precision, double tick_s) {
  if (!sorted_) put_in_order();
  if (tick_s > 0) question_length(tick_s);
  recording_.precision = precision;
  return std::move(recording_);
}

}  // namespace paralif
