// Lines, cells and headings.
#include <algorithm>
#include <array>

#include "datasets/tables/table_form.h"
#include "datasets/tables/table_number.h"

namespace paralif {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// The cell in quotes that `row` begins with, and what follows it; an empty optional where the
/// quotes do not enclose the whole cell.
struct Quoted {
  std::string_view cell;
  std::string_view rest;
};

std::optional<Quoted> quoted(std::string_view row, char separator) {
  if (!row.starts_with('"')) return {};
  std::size_t end = row.find('"', 1);
  while (end != std::string_view::npos && end + 1 < row.size() && row[end + 1] == '"') {
    end = row.find('"', end + 2);  // a doubled quote is one in the text
  }
  if (end == std::string_view::npos) return {};
  std::string_view rest = row.substr(end + 1);
  while (!rest.empty() && is_blank(rest.front()) && rest.front() != separator &&
         separator != ' ') {
    rest.remove_prefix(1);
  }
  const bool whole = rest.empty() || rest.front() == separator ||
                     (separator == ' ' && is_blank(rest.front()));
  if (!whole) return {};
  return Quoted{trimmed(row.substr(1, end - 1)), rest};
}

void split_at_blanks(std::string_view row, std::vector<std::string_view>& cells) {
  while (true) {
    while (!row.empty() && is_blank(row.front())) row.remove_prefix(1);
    if (row.empty()) return;
    if (const auto cell = quoted(row, ' ')) {
      cells.push_back(cell->cell);
      row = cell->rest;
      continue;
    }
    const std::size_t end = std::min(row.find_first_of(" \t"), row.size());
    cells.push_back(row.substr(0, end));
    row.remove_prefix(end);
  }
}

}  // namespace

bool TableRows::next() {
  while (!rest_.empty()) {
    const std::size_t end = rest_.find_first_of("\r\n");
    const std::string_view line = rest_.substr(0, end);
    std::size_t used = end == std::string_view::npos ? rest_.size() : end + 1;
    if (used < rest_.size() && rest_[used - 1] == '\r' && rest_[used] == '\n') ++used;
    rest_.remove_prefix(used);
    ++line_;
    const std::size_t first = line.find_first_not_of(" \t\v\f");
    if (first == std::string_view::npos) continue;
    if (line[first] == '#' || line[first] == '%') {
      const std::size_t text = line.find_first_not_of("#% ", first);
      comment_ = text == std::string_view::npos ? std::string_view() : line.substr(text);
      continue;
    }
    if (line.find_first_not_of(" \t,;\"") == std::string_view::npos) continue;
    row_ = line;
    return true;
  }
  return false;
}

void split_row(std::string_view row, char separator, std::vector<std::string_view>& cells) {
  cells.clear();
  if (separator == ' ') {
    split_at_blanks(row, cells);
    return;
  }
  while (true) {
    while (!row.empty() && is_blank(row.front()) && row.front() != separator) row.remove_prefix(1);
    if (const auto cell = quoted(row, separator)) {
      cells.push_back(cell->cell);
      row = cell->rest;
    } else {
      const std::size_t end = std::min(row.find(separator), row.size());
      cells.push_back(trimmed(row.substr(0, end)));
      row.remove_prefix(end);
    }
    if (row.empty()) return;
    row.remove_prefix(1);  // the separator
  }
}

std::size_t filled(const std::vector<std::string_view>& cells) {
  std::size_t count = cells.size();
  while (count > 0 && cells[count - 1].empty()) --count;
  return count;
}

bool is_heading(const std::vector<std::string_view>& cells) {
  bool any = false;
  for (const std::string_view cell : cells) {
    if (cell.empty()) continue;  // the index of a data frame has no name
    const auto first = static_cast<unsigned char>(cell.front());
    const bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') ||
                        first == '_' || first == '(' || first == '[' || first >= 0x80;
    if (!letter || number_of(cell, '.') || is_missing(cell)) return false;
    any = true;
  }
  return any;
}

}  // namespace paralif
