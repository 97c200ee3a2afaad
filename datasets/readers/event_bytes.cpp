#include "datasets/readers/event_bytes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>

#include "datasets/error.h"
#include "datasets/readers/npy_array.h"
#include "datasets/readers/recording_builder.h"

namespace paralif {
namespace {

std::int64_t whole(double value) {
  return value >= 0 && value < 1e6 && value == std::floor(value) ? static_cast<std::int64_t>(value)
                                                                 : -1;
}

/// Columns of x, y, polarity and time.
struct EventColumns {
  std::size_t x = 0;
  std::size_t y = 1;
  std::size_t polarity = 2;
  std::size_t time = 3;
};

/// The field of one of these names, in any case.
std::size_t field_of(const NpyArray& array, std::initializer_list<std::string_view> names,
                     const RecordingBuilder& builder) {
  const auto& fields = array.field_names();
  for (const std::string_view name : names) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (std::ranges::equal(fields[i], name, {}, [](unsigned char c) { return std::tolower(c); })) {
        return i;
      }
    }
  }
  builder.fail("has no field '" + std::string(*names.begin()) + "'",
               "name its fields x, y, p and t");
}

EventColumns columns_of(const NpyArray& array, const RecordingBuilder& builder) {
  if (array.field_names().empty()) {
    if (array.columns() == 4) return {};
    builder.fail("has " + std::to_string(array.columns()) +
                 " columns instead of 4 (x, y, polarity, milliseconds)");
  }
  return {field_of(array, {"x"}, builder), field_of(array, {"y"}, builder),
          field_of(array, {"p", "pol", "polarity", "on"}, builder),
          field_of(array, {"t", "ts", "time", "times", "timestamp"}, builder)};
}

/// A time in microseconds, without the noise of multiplying decimal fractions.
double microseconds(double time, double unit_us) {
  const double product = time * unit_us;
  const double whole_us = std::nearbyint(product);
  return std::abs(product - whole_us) < 1e-6 ? whole_us : product;
}

}  // namespace

Recording decode_nmnist(std::string_view bytes, const std::string& origin,
                        const ReadOptions& options) {
  constexpr std::size_t record = 5;
  constexpr unsigned overflow_row = 240;
  constexpr double clock_period = 8192;
  RecordingBuilder builder(nmnist_sensor, origin, "", bytes.size() / record, options);
  if (bytes.empty()) builder.fail("is empty");
  if (bytes.size() % record != 0) builder.fail("is cut short in an event of 5 bytes");
  double offset = 0;
  for (std::size_t at = 0; at < bytes.size(); at += record) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
    if (byte(1) == overflow_row) {
      offset += clock_period;
      continue;
    }
    const std::uint32_t time = (byte(2) & 0x7fU) << 16 | std::uint32_t{byte(3)} << 8 | byte(4);
    builder.add(time + offset, byte(0), byte(1), byte(2) >> 7);
  }
  return builder.take();
}

Recording decode_gesture_array(std::string_view bytes, const std::string& origin,
                               const ReadOptions& options) {
  const NpyArray array(bytes, origin);
  RecordingBuilder builder(gesture_sensor, origin, "", array.rows(), options);
  const EventColumns column = columns_of(array, builder);
  const bool named = !array.field_names().empty();
  const double published_s = named && array.holds_whole_numbers(column.time) ? 1e-6 : 1e-3;
  const double unit_us = std::nearbyint(seconds_of(options.time_unit, published_s) * 1e6);
  // Falling brightness is 0 or, in some files, -1.
  double falling = 0.0;
  for (std::size_t i = 0; i < array.rows() && falling == 0.0; ++i) {
    if (array.at(i, column.polarity) == -1.0) falling = -1.0;
  }
  for (std::size_t i = 0; i < array.rows(); ++i) {
    const double polarity = array.at(i, column.polarity);
    const std::int64_t on = polarity == falling ? 0 : polarity == 1.0 ? 1 : -1;
    builder.add(microseconds(array.at(i, column.time), unit_us), whole(array.at(i, column.x)),
                whole(array.at(i, column.y)), on);
  }
  return builder.take(TimePrecision::full, 1e-6);
}

std::vector<GestureTrial> decode_gesture_labels(std::string_view text, const std::string& origin) {
  std::vector<GestureTrial> trials;
  std::size_t line_number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++line_number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line_number == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
    if (line.empty() || (line_number == 1 && line.starts_with("class"))) continue;
    std::array<std::int64_t, 3> values{};
    const char* at = line.data();
    const char* const line_end = at + line.size();
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto [rest, code] = std::from_chars(at, line_end, values[i]);
      const bool last = i + 1 == values.size();
      if (code != std::errc{} || (last ? rest != line_end : rest == line_end || *rest != ',')) {
        throw Error(Error::Kind::file, origin,
                    "line " + std::to_string(line_number) + " is not 'class,start,end'",
                    "download the file again");
      }
      at = rest + (last ? 0 : 1);
    }
    if (values[0] < 1 || values[0] > 11) {
      throw Error(Error::Kind::file, origin,
                  "line " + std::to_string(line_number) + " has class " +
                      std::to_string(values[0]) + ", outside 1..11",
                  "download the file again");
    }
    if (values[1] < 0 || values[2] < values[1]) {
      throw Error(Error::Kind::file, origin,
                  "line " + std::to_string(line_number) + " ends before it starts",
                  "download the file again");
    }
    trials.push_back({values[0] - 1, {values[1], values[2]}});
  }
  return trials;
}

}  // namespace paralif
