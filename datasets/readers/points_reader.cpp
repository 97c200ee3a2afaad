#include "datasets/readers/points_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "datasets/error.h"
#include "datasets/file_names.h"
#include "datasets/readers/readable.h"
#include "datasets/tables/column_name.h"
#include "datasets/tables/table_number.h"
#include "datasets/tables/table_reader.h"
#include "datasets/text.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

constexpr const char* file_name = "points.csv";
constexpr std::uintmax_t largest_file = 64 << 20;
constexpr double largest_value = 1e150;

bool before(const std::string& a, const std::string& b) {
  const auto left = number_of(a);
  const auto right = number_of(b);
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

struct PointColumns {
  std::size_t x = 0;
  std::size_t y = 1;
  std::size_t label = 2;
};

std::optional<std::size_t> the_one(const std::vector<ColumnName>& names,
                                   std::initializer_list<std::string_view> words) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!names[i].has(words)) continue;
    if (found) return {};
    found = i;
  }
  return found;
}

/// By the heading where it names all three; nothing where it does not.
std::optional<PointColumns> named_columns(const TableReader& table) {
  std::vector<ColumnName> names;
  for (const std::string& name : table.heading()) names.emplace_back(name);
  const auto label = the_one(
      names, {"class", "classes", "label", "labels", "target", "klasse", "category", "cluster"});
  const auto x = the_one(names, {"x"});
  const auto y = the_one(names, {"y"});
  if (x && y && label) return PointColumns{*x, *y, *label};
  // x1, x2 and y, as machine learning names them.
  auto first = the_one(names, {"x1"});
  auto second = the_one(names, {"x2"});
  if (the_one(names, {"x0"})) {
    second = first;
    first = the_one(names, {"x0"});
  }
  if (first && second && (label || y)) return PointColumns{*first, *second, label ? *label : *y};
  if (x && y && names.size() == 3) return PointColumns{*x, *y, 3 - *x - *y};
  return {};
}

/// One name for all ways of writing a number.
std::string class_name(std::string_view cell, char decimal) {
  const auto value = number_of(cell, decimal);
  if (!value) return as_utf8(cell);
  std::array<char, 40> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), *value + 0.0).ptr;
  return {text.data(), end};
}

bool has_no_class(std::string_view cell, char decimal) {
  const auto value = number_of(cell, decimal);
  return value ? !std::isfinite(*value)
               : cell.empty() || cell == "NA" || cell == "N/A" || cell == "#N/A";
}

/// Classes in the order of their first point, then sorted.
class Classes {
 public:
  explicit Classes(const TableReader& table) : table_(table) {}

  std::int64_t label(std::string_view cell) {
    if (const auto known = seen_.find(std::string(cell)); known != seen_.end()) {
      return known->second;
    }
    const std::string name = class_name(cell, table_.form().decimal);
    const auto at = std::ranges::find(names_, name) - names_.begin();
    if (at == std::ssize(names_)) names_.push_back(name);
    if (names_.size() > most_counted) table_.fail(too_many(names_.size()) + " or more");
    seen_.emplace(cell, at);
    return at;
  }

  /// Gives `set` the names in order, and the points their labels in it.
  void finish(PointSet& set) {
    if (names_.size() < 2) table_.fail("has one class only");
    if (names_.size() > PointSet::most_classes) table_.fail(too_many(names_.size()));
    set.class_names = names_;
    std::ranges::sort(set.class_names, before);
    std::vector<std::int64_t> sorted;
    for (const std::string& name : names_) {
      sorted.push_back(std::ranges::find(set.class_names, name) - set.class_names.begin());
    }
    for (LabelledPoint& point : set.points) {
      point.label = sorted[static_cast<std::size_t>(point.label)];
    }
  }

 private:
  static constexpr std::size_t most_counted = 1000;
  static std::string too_many(std::size_t count) {
    return "has more than six classes: " + std::to_string(count);
  }

  const TableReader& table_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::int64_t> seen_;
};

std::string quoted(const std::string& name) {
  const bool plain = name.find_first_of(",;\t\" #%") == std::string::npos;
  if (plain) return name;
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? std::string("'") : std::string(1, c);
  return text + "\"";
}

fs::path points_in(const fs::path& folder) {
  if (is_file(folder / file_name)) return folder / file_name;
  for (const fs::path& entry : entries_of(folder)) {
    std::string name = entry.filename().string();
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (name == file_name && is_file(entry)) return entry;
  }
  return {};
}

}  // namespace

PointSet decode_points(std::string_view text, const std::string& origin,
                       const TableOptions& options) {
  TableReader table(text, origin,
                    {.fewest = 3,
                     .numbers = 2,
                     .remedy = "give rows such as 0.25,0.75,1, or leave out such rows with "
                               "'--skip-bad rows' (of datasets convert: '--skip-bad'; in the "
                               "window: 'Leave out if bad' in Train)"},
                    options);
  const auto named = named_columns(table);
  if (!named && table.columns() != 3 && table.columns() != 0) {
    table.fail("has " + std::to_string(table.columns()) + " columns (" + text_of(table.form()) +
                   ") instead of x, y and class",
               table.columns() == 5 && table.form().separator == ','
                   ? "separate them with ';' where commas are decimal signs"
                   : "name three of them x, y and class in the first row, or give rows such as "
                     "0.25,0.75,1");
  }
  const PointColumns columns = named.value_or(PointColumns{});
  PointSet set;
  Classes classes(table);
  const auto usable = [](const std::optional<double>& value) {
    return value && std::abs(*value) <= largest_value;  // not so for NaN
  };
  while (table.next()) {
    const auto x = table.number(columns.x);
    const auto y = table.number(columns.y);
    const std::string_view label = table.cell(columns.label);
    if (!usable(x) || !usable(y)) {
      table.reject("has no finite x and y");
    } else if (has_no_class(label, table.form().decimal)) {
      table.reject("has no class");
    } else if (set.points.size() == PointSet::most_points) {
      table.fail("has more than " + std::to_string(PointSet::most_points) + " points",
                 "keep a random part of them");
    } else {
      set.points.push_back({*x, *y, classes.label(label)});
    }
  }
  set.skipped = table.rejected();
  if (set.points.empty()) {
    table.fail(set.skipped > 0 ? "has no row that can be read" : "holds no points");
  }
  classes.finish(set);
  fit(set.points);
  return set;
}

PointSet read_points(const fs::path& path, const TableOptions& options) {
  const fs::path file = find_points(path);
  if (file.empty()) {
    throw Error(Error::Kind::file, path.string(),
                std::string("has no ") + file_name + ", here or one folder below",
                "save the points there as rows of x,y,class");
  }
  return decode_points(read_bytes(file, largest_file), file.string(), options);
}

fs::path find_points(const fs::path& path) {
  if (!is_folder(path)) {
    const std::string type = suffix_of(path);
    const bool table = type == ".csv" || type == ".tsv";
    return table && is_file(path) ? path : fs::path();
  }
  if (fs::path found = points_in(path); !found.empty()) return found;
  for (const fs::path& below : entries_of(path)) {
    if (is_companion(below) || !is_folder(below)) continue;
    if (fs::path found = points_in(below); !found.empty()) return found;
  }
  return {};
}

std::string points_text(const PointSet& set) {
  std::string text = "x,y,class\n";
  std::array<char, 40> number{};
  const auto add = [&](double value) {
    text.append(number.data(),
                std::to_chars(number.data(), number.data() + number.size(), value).ptr);
    text += ',';
  };
  for (const LabelledPoint& point : set.points) {
    add(point.x);
    add(point.y);
    text += quoted(set.class_names.at(static_cast<std::size_t>(point.label))) + "\n";
  }
  return text;
}

}  // namespace paralif
