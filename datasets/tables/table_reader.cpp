#include "datasets/tables/table_reader.h"

#include <algorithm>
#include <utility>

#include "datasets/error.h"
#include "datasets/tables/table_number.h"
#include "datasets/text.h"

namespace paralif {
namespace {

std::string_view plain_text(std::string_view text, const std::string& origin) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    throw Error(Error::Kind::file, origin, "is text in UTF-16",
                "save it as UTF-8, or as 'CSV' and not as 'Unicode text'");
  }
  if (text.find('\0') != std::string_view::npos) {
    throw Error(Error::Kind::file, origin, "holds zero bytes, so that it is no table of text",
                "save it as text in UTF-8");
  }
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  return text;
}

/// Names in a comment are words alone, without the signs of a sentence.
bool may_be_names(const std::vector<std::string_view>& cells) {
  return is_heading(cells) && std::ranges::none_of(cells, [](std::string_view cell) {
           return cell.empty() || cell.find_first_of(":=") != std::string_view::npos;
         });
}

std::vector<std::string> texts_of(const std::vector<std::string_view>& cells) {
  std::vector<std::string> texts;
  for (const std::string_view cell : cells) texts.push_back(as_utf8(cell));
  return texts;
}

}  // namespace

TableReader::TableReader(std::string_view text, std::string origin, TableShape shape,
                         const TableOptions& options)
    : origin_(std::move(origin)), shape_(std::move(shape)), options_(options), rows_({}) {
  text = plain_text(text, origin_);
  form_ = find_form(text, origin_, shape_, options_);
  rows_ = TableRows(text);
  find_heading();
}

void TableReader::find_heading() {
  waiting_ = rows_.next();
  if (waiting_) split_row(rows_.row(), form_.separator, cells_);
  if (waiting_ && is_heading(cells_)) {
    cells_.resize(filled(cells_));
    heading_ = texts_of(cells_);
    columns_ = heading_.size();
    widths_line_ = rows_.line();
    waiting_ = rows_.next();
    if (waiting_) split_row(rows_.row(), form_.separator, cells_);
    return;
  }
  if (waiting_) count_columns();
  std::vector<std::string_view> names;
  split_row(rows_.comment(), form_.separator, names);
  if (names.size() != columns_) split_row(rows_.comment(), ' ', names);
  const bool as_many = waiting_ ? names.size() == columns_ : names.size() > 1;
  if (as_many && may_be_names(names)) {
    heading_ = texts_of(names);
    heading_is_comment_ = true;
    columns_ = names.size();
  }
}

void TableReader::count_columns() {
  constexpr int looked_at = 100;
  columns_ = filled(cells_);
  widths_line_ = rows_.line();
  // The last cells of the first row may be empty: later rows say how many of them count.
  TableRows later = rows_;
  std::vector<std::string_view> cells;
  for (int i = 0; i < looked_at && columns_ < cells_.size() && later.next(); ++i) {
    split_row(later.row(), form_.separator, cells);
    if (filled(cells) <= columns_ || filled(cells) > cells_.size()) continue;
    columns_ = filled(cells);
    widths_line_ = later.line();
  }
}

bool TableReader::next() {
  while (true) {
    if (!std::exchange(waiting_, false)) {
      if (!rows_.next()) return false;
      split_row(rows_.row(), form_.separator, cells_);
    }
    if (filled(cells_) <= columns_ && cells_.size() >= columns_) return true;
    reject("has " + std::to_string(cells_.size()) + " cells, while line " +
           std::to_string(widths_line_) + " has " + std::to_string(columns_) + " (" +
           text_of(form_) + ")");
  }
}

std::string_view TableReader::cell(std::size_t column) const {
  return column < cells_.size() ? cells_[column] : std::string_view();
}

std::optional<double> TableReader::number(std::size_t column) const {
  return number_of(cell(column), form_.decimal);
}

void TableReader::reject(const std::string& problem) {
  ++rejected_;
  if (options_.skip_bad) return;
  throw Error(Error::Kind::file, origin_, "line " + std::to_string(line()) + " " + problem,
              shape_.remedy);
}

void TableReader::fail(const std::string& problem, const std::string& remedy) const {
  throw Error(Error::Kind::file, origin_, problem, remedy.empty() ? shape_.remedy : remedy);
}

}  // namespace paralif
