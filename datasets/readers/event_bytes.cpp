#include "datasets/readers/event_bytes.h"

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

}  // namespace

Recording decode_nmnist(std::string_view bytes, const std::string& origin) {
  constexpr std::size_t record = 5;
  constexpr unsigned overflow_row = 240;
  constexpr double clock_period = 8192;
  RecordingBuilder builder(nmnist_sensor, origin, "", bytes.size() / record);
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

Recording decode_gesture_array(std::string_view bytes, const std::string& origin) {
  const NpyArray array(bytes, origin);
  RecordingBuilder builder(gesture_sensor, origin, "", array.rows());
  if (array.columns() != 4) {
    builder.fail("has " + std::to_string(array.columns()) +
                 " columns instead of 4 (x, y, polarity, milliseconds)");
  }
  for (std::size_t i = 0; i < array.rows(); ++i) {
    builder.add(array.at(i, 3), whole(array.at(i, 0)), whole(array.at(i, 1)),
                whole(array.at(i, 2)));
  }
  return builder.take();
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
