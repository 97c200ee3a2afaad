#include "datasets/tables/table_form.h"

#include <algorithm>

#include "datasets/error.h"
#include "datasets/tables/table_number.h"

namespace paralif {
namespace {

constexpr std::size_t decisive = 1000;  // rows that one form fits and the others do not

/// A form, and how well the rows fit it.
struct Candidate {
  TableForm form;
  std::size_t fits = 0;
  std::size_t columns = 0;  ///< of the first row of data
  bool holes = false;        ///< empty cells in that row, before filled ones
  bool heading = false;
  bool heading_fits = true;  ///< as many names as columns, none with a separator in it
};

std::vector<Candidate> candidates(std::string_view text, const TableOptions& options) {
  const auto has = [&](char c) { return text.find(c) != std::string_view::npos; };
  const bool comma = has(',');
  std::vector<Candidate> all;
  const auto add = [&](char separator, char decimal) {
    if (options.separator && *options.separator != separator) return;
    if (options.decimal && *options.decimal != decimal) return;
    all.push_back({.form = {separator, decimal}});
  };
  for (const char separator : {';', '\t', ',', ' '}) {
    const bool there = separator == ' ' || has(separator) || options.separator == separator;
    if (!there) continue;
    add(separator, '.');
    // Where commas separate, a decimal comma stands in quotes.
    if (separator == ',' ? has('"') : comma) add(separator, ',');
  }
  if (all.empty()) {
    all.push_back({.form = {options.separator.value_or(','), options.decimal.value_or('.')}});
  }
  return all;
}

/// Whether something separates numbers within a cell: it is not the cells' separator then.
bool holds_numbers(std::string_view cell) {
  return cell.find_first_of(" \t,;") != std::string_view::npos &&
         cell.find_first_not_of("0123456789.,;+-eE \t") == std::string_view::npos;
}

bool fits(const std::vector<std::string_view>& cells, char decimal, const TableShape& shape) {
  const std::size_t count = filled(cells);
  if (count < shape.fewest || count > shape.most) return false;
  if (std::ranges::any_of(cells, [&](std::string_view cell) {
        return holds_numbers(cell) && !number_of(cell, decimal);
      })) {
    return false;
  }
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < count; ++i) numbers += number_of(cells[i], decimal) ? 1 : 0;
  return numbers >= shape.numbers && (!shape.all_numbers || numbers == count);
}

void look_at_heading(Candidate& candidate, const std::vector<std::string_view>& cells) {
  candidate.heading = true;
  candidate.columns = filled(cells);
  if (candidate.form.separator == ',' && candidate.form.decimal == '.') return;
  candidate.heading_fits = std::ranges::none_of(cells, [&](std::string_view cell) {
    return cell.find_first_of(candidate.form.separator == ' ' ? ",;" : ",") !=
           std::string_view::npos;
  });
}

/// Goes through the rows until one form is ahead of the others by many.
void count_fits(std::string_view text, const TableShape& shape, std::vector<Candidate>& all) {
  TableRows rows(text);
  std::vector<std::string_view> cells;
  for (std::size_t number = 0; rows.next(); ++number) {
    for (Candidate& candidate : all) {
      split_row(rows.row(), candidate.form.separator, cells);
      if (number == 0 && is_heading(cells)) {
        look_at_heading(candidate, cells);
        continue;
      }
      if (number == (candidate.heading ? 1U : 0U)) {
        const std::size_t count = filled(cells);
        if (candidate.heading && candidate.columns != count) candidate.heading_fits = false;
        candidate.columns = count;
        candidate.holes = std::ranges::any_of(
            cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(count),
            [](std::string_view cell) { return cell.empty(); });
      }
      if (fits(cells, candidate.form.decimal, shape)) ++candidate.fits;
    }
    if (all.size() == 1 && number > 0) return;
    if (number % decisive != 0) continue;
    const auto best = std::ranges::max_element(all, {}, &Candidate::fits);
    const bool ahead = std::ranges::count_if(all, [&](const Candidate& other) {
                         return other.fits + decisive > best->fits;
                       }) == 1;
    if (ahead) return;
  }
}

/// Leaves out those of less worth, where others are left.
void keep(std::vector<Candidate>& all, const auto& good) {
  if (std::ranges::any_of(all, good)) {
    std::erase_if(all, [&](const Candidate& one) { return !good(one); });
  }
}

/// "12.5 | 7", as the form reads the row.
std::string reading(const std::vector<std::string_view>& cells, char decimal) {
  std::string text;
  for (const std::string_view cell : cells) {
    std::string shown(cell);
    if (number_of(cell, decimal)) std::ranges::replace(shown, ',', '.');
    text += (text.empty() ? "" : " | ") + shown;
  }
  return text;
}

bool same_values(const std::vector<std::string_view>& a, char a_decimal,
                 const std::vector<std::string_view>& b, char b_decimal) {
  if (filled(a) != filled(b)) return false;
  for (std::size_t i = 0; i < filled(a); ++i) {
    const auto left = number_of(a[i], a_decimal);
    const auto right = number_of(b[i], b_decimal);
    if (left.has_value() != right.has_value()) return false;
    if (left ? !(*left == *right || (*left != *left && *right != *right)) : a[i] != b[i]) {
      return false;
    }
  }
  return true;
}

void refuse_other_reading(std::string_view text, const std::string& origin, const TableForm& one,
                          const TableForm& other) {
  TableRows rows(text);
  std::vector<std::string_view> a;
  std::vector<std::string_view> b;
  for (std::size_t number = 0; rows.next(); ++number) {
    split_row(rows.row(), one.separator, a);
    split_row(rows.row(), other.separator, b);
    if (number == 0 && is_heading(a)) continue;
    if (same_values(a, one.decimal, b, other.decimal)) continue;
    throw TwoReadings(origin, rows.line(), {one, reading(a, one.decimal)},
                      {other, reading(b, other.decimal)});
  }
}

}  // namespace

TwoReadings::TwoReadings(const std::string& origin, std::size_t line, Reading one, Reading other)
    : Error(Kind::file, origin,
            "line " + std::to_string(line) + " can be read in two ways: as " + one.row + " (" +
                text_of(one.form) + ") or as " + other.row + " (" + text_of(other.form) + ")",
            "say which (--separator, --decimal), name the columns in the first row, or "
            "separate them with ';'"),
      line_(line),
      one_(std::move(one)),
      other_(std::move(other)) {}

std::string text_of(const TableForm& form) {
  std::string text = "columns separated by ";
  text += form.separator == ' '    ? "blanks"
          : form.separator == '\t' ? "tabs"
                                   : std::string("'") + form.separator + "'";
  return text + (form.decimal == ',' ? ", decimal comma" : ", decimal point");
}

std::optional<char> separator_of(std::string_view name) {
  if (name == "comma" || name == ",") return ',';
  if (name == "semicolon" || name == ";") return ';';
  if (name == "tab" || name == "\t" || name == "\\t") return '\t';
  if (name == "blank" || name == " ") return ' ';
  return {};
}

std::optional<char> decimal_of(std::string_view name) {
  if (name == "point" || name == ".") return '.';
  if (name == "comma" || name == ",") return ',';
  return {};
}

TableForm find_form(std::string_view text, const std::string& origin, const TableShape& shape,
                    const TableOptions& options) {
  std::vector<Candidate> all = candidates(text, options);
  count_fits(text, shape, all);
  const std::size_t most = std::ranges::max(all, {}, &Candidate::fits).fits;
  std::erase_if(all, [&](const Candidate& one) { return one.fits < most; });
  if (most == 0) keep(all, [](const Candidate& one) { return one.heading && one.columns > 1; });
  keep(all, [](const Candidate& one) { return one.heading_fits; });
  // Tabs in a row may be blanks; cells may hold blanks where something else separates them.
  if (std::ranges::any_of(all, [](const Candidate& one) { return one.form.separator == ' '; })) {
    keep(all, [](const Candidate& one) { return one.form.separator != '\t' || !one.holes; });
  }
  const std::vector<Candidate> before = all;
  std::erase_if(all, [&](const Candidate& one) {
    return one.form.separator == ' ' && std::ranges::any_of(before, [&](const Candidate& other) {
             return other.form.separator != ' ' && other.form.decimal == one.form.decimal &&
                    other.columns > 1;
           });
  });
  if (most > 0) {
    for (std::size_t i = 1; i < all.size(); ++i) {
      refuse_other_reading(text, origin, all.front().form, all[i].form);
    }
  }
  return all.front().form;
}

}  // namespace paralif
