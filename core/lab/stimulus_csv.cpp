// Stimuli from comma, semicolon or tab separated tables.
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

#include "core/lab/stimulus.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif::lab {
namespace {

[[noreturn]] void reject(const std::filesystem::path& path, std::size_t line,
                         const std::string& problem) {
  throw Error(Error::Kind::file, path.string(), fmt::format("line {}: {}", line, problem),
              "give a table of time in s and value, or of values one a millisecond");
}

/// The numbers of a line; nothing when a cell is not one.
std::optional<std::vector<double>> numbers_of(std::string_view line) {
  std::vector<double> numbers;
  std::size_t at = 0;
  while (at < line.size()) {
    const std::size_t end = std::min(line.find_first_of(",;\t", at), line.size());
    std::string_view cell = line.substr(at, end - at);
    while (!cell.empty() && (cell.front() == ' ' || cell.front() == '+')) cell.remove_prefix(1);
    while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\r')) cell.remove_suffix(1);
    double value = 0.0;
    const auto [stop, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc{} || stop != cell.data() + cell.size() || !std::isfinite(value)) {
      return std::nullopt;
    }
    numbers.push_back(value);
    at = end + 1;
  }
  return numbers;
}

}  // namespace

Stimulus stimulus_from_csv(const std::filesystem::path& path) {
  const std::string text = read_file(path);
  Segment drawn;
  drawn.shape = SegmentShape::points;
  std::size_t columns = 0;
  std::size_t line = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view row = std::string_view(text).substr(at, end - at);
    at = end + 1;
    ++line;
    if (row.find_first_not_of(" \r\t") == std::string_view::npos || row.front() == '#') continue;
    const auto numbers = numbers_of(row);
    if (!numbers) {
      if (drawn.points.empty()) continue;  // a heading
      reject(path, line, "holds something that is not a number");
    }
    if (columns == 0) columns = numbers->size();
    if (columns > 2) reject(path, line, fmt::format("has {} columns, not one or two", columns));
    if (numbers->size() != columns) reject(path, line, "has another number of columns");
    const double time_s =
        columns == 2 ? numbers->front() : 1e-3 * static_cast<double>(drawn.points.size());
    if (time_s < 0.0) reject(path, line, "has a time before 0 s");
    if (!drawn.points.empty() && time_s <= drawn.points.back().time_s) {
      reject(path, line, "is not later than the line before");
    }
    drawn.points.push_back({time_s, numbers->back()});
  }
  if (drawn.points.empty()) reject(path, line, "there are no numbers in the file");
  Stimulus stimulus;
  stimulus.title = path.stem().string();
  stimulus.duration_s = drawn.points.back().time_s + 1e-3;
  drawn.end_s = stimulus.duration_s;
  stimulus.segments = {drawn};
  try {
    validate(stimulus);
  } catch (const Error& error) {
    reject(path, line, error.problem());
  }
  return stimulus;
}

}  // namespace paralif::lab
