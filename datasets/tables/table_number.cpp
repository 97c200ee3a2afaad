#include "datasets/tables/table_number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace paralif {
namespace {

constexpr std::size_t longest = 400;  // characters of a number

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// What from_chars does not tell of a number out of range: too small or too large.
double beyond_range(std::string_view text) {
  const std::size_t power = text.find_first_of("eE");
  const bool small = power == std::string_view::npos
                         ? text.find_first_of("123456789") > text.find('.')
                         : power + 1 < text.size() && text[power + 1] == '-';
  const double size = small ? 0.0 : std::numeric_limits<double>::infinity();
  return text.starts_with('-') ? -size : size;
}

std::optional<double> with_point(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-') || text.starts_with('+')) return {};
  }
  double value = 0.0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || text.empty()) return {};
  if (code == std::errc::result_out_of_range) return beyond_range(text);
  if (code != std::errc{}) return {};
  return value;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  constexpr const char* blanks = " \t\r\v\f";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::optional<double> number_of(std::string_view cell, char decimal) {
  cell = trimmed(cell);
  if (decimal == '.') return with_point(cell);
  if (cell.find('.') != std::string_view::npos) return {};
  const std::size_t comma = cell.find(decimal);
  if (comma == std::string_view::npos) return with_point(cell);
  const bool between_digits = comma > 0 && comma + 1 < cell.size() && is_digit(cell[comma - 1]) &&
                              is_digit(cell[comma + 1]);
  if (!between_digits || cell.size() > longest) return {};
  std::array<char, longest> point{};
  std::ranges::copy(cell, point.begin());
  point[comma] = '.';
  return with_point({point.data(), cell.size()});
}

bool is_missing(std::string_view cell) {
  constexpr std::array<std::string_view, 10> words{"",     "na",   "n/a", "#n/a", "null",
                                                   "none", "nil",  "-",   "--",   "?"};
  cell = trimmed(cell);
  return std::ranges::any_of(words, [&](std::string_view word) {
    return std::ranges::equal(cell, word, {},
                              [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  });
}

}  // namespace paralif
