#include "datasets/readers/points_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

#include "datasets/error.h"
#include "datasets/readers/readable.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

constexpr const char* file_name = "points.csv";
constexpr std::uintmax_t largest_file = 64 << 20;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \"\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \"\r") - first + 1);
}

std::vector<std::string_view> cells_of(std::string_view row) {
  std::vector<std::string_view> cells;
  while (true) {
    const std::size_t end = row.find_first_of(",;\t");
    cells.push_back(trimmed(row.substr(0, end)));
    if (end == std::string_view::npos) return cells;
    row.remove_prefix(end + 1);
  }
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

bool before(const std::string& a, const std::string& b) {
  const auto left = number(a);
  const auto right = number(b);
  if (left && right && *left != *right) return *left < *right;
  if (left.has_value() != right.has_value()) return left.has_value();
  return a < b;
}

/// Fits all points into the unit square, unless they lie in it already.
void fit(std::vector<LabelledPoint>& points) {
  double low_x = points[0].x, high_x = low_x, low_y = points[0].y, high_y = low_y;
  for (const LabelledPoint& point : points) {
    low_x = std::min(low_x, point.x);
    high_x = std::max(high_x, point.x);
    low_y = std::min(low_y, point.y);
    high_y = std::max(high_y, point.y);
  }
  if (low_x >= 0 && low_y >= 0 && high_x <= 1 && high_y <= 1) return;
  const double extent = std::max({high_x - low_x, high_y - low_y, 1e-300});
  for (LabelledPoint& point : points) {
    point.x = std::clamp(0.5 + (point.x - 0.5 * (low_x + high_x)) / extent, 0.0, 1.0);
    point.y = std::clamp(0.5 + (point.y - 0.5 * (low_y + high_y)) / extent, 0.0, 1.0);
  }
}

}  // namespace

PointSet decode_points(std::string_view text, const std::string& origin) {
  PointSet set;
  std::vector<std::string> classes;
  std::size_t row_number = 0;
  const auto fail = [&](const std::string& problem) {
    throw Error(Error::Kind::file, origin, problem, "give rows such as 0.25,0.75,1");
  };
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view row = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++row_number;
    if (row.empty() || row.front() == '#') continue;
    const auto cells = cells_of(row);
    const std::string where = "row " + std::to_string(row_number);
    if (cells.size() != 3) {
      fail(where + " has " + std::to_string(cells.size()) + " values instead of x, y and class");
    }
    const auto x = number(cells[0]);
    const auto y = number(cells[1]);
    if (!x && !y && classes.empty()) continue;  // a heading
    if (!x || !y || std::abs(*x) > 1e150 || std::abs(*y) > 1e150) {
      fail(where + " has no finite x and y");
    }
    if (cells[2].empty()) fail(where + " has no class");
    classes.emplace_back(cells[2]);
    set.points.push_back({*x, *y, 0});
  }
  if (set.points.empty()) fail("holds no points");
  set.class_names = classes;
  std::ranges::sort(set.class_names, before);
  set.class_names.erase(std::unique(set.class_names.begin(), set.class_names.end()),
                        set.class_names.end());
  if (set.class_names.size() < 2) fail("has one class only");
  if (set.class_names.size() > PointSet::most_classes) {
    fail("has " + std::to_string(set.class_names.size()) + " classes, more than six");
  }
  for (std::size_t i = 0; i < classes.size(); ++i) {
    set.points[i].label = std::ranges::find(set.class_names, classes[i]) - set.class_names.begin();
  }
  fit(set.points);
  return set;
}

PointSet read_points(const fs::path& path) {
  const fs::path file = find_points(path);
  if (file.empty()) {
    throw Error(Error::Kind::file, path.string(),
                std::string("has no ") + file_name + ", here or one folder below",
                "save the points there as rows of x,y,class");
  }
  return decode_points(read_bytes(file, largest_file), file.string());
}

fs::path find_points(const fs::path& path) {
  if (!is_folder(path)) return path.extension() == ".csv" && is_file(path) ? path : fs::path();
  if (is_file(path / file_name)) return path / file_name;
  for (const fs::path& below : entries_of(path)) {
    if (is_folder(below) && is_file(below / file_name)) return below / file_name;
  }
  return {};
}

}  // namespace paralif
