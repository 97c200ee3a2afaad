// Tables of text as other programs write them, read row by row.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "datasets/tables/table_form.h"

namespace paralif {

/// Separators, decimal sign and heading are found out (find_form) unless they are given. All rows
/// have the same number of cells; empty ones at the end may be left out. Errors are Error(file)
/// that name the file and the line at fault.
class TableReader {
 public:
  /// Keeps `text`; a UTF-8 byte order mark is skipped, other encodings are refused.
  TableReader(std::string_view text, std::string origin, TableShape shape,
              const TableOptions& options = {});

  [[nodiscard]] const TableForm& form() const { return form_; }
  /// Names of the columns, as valid UTF-8; empty where there are none.
  [[nodiscard]] const std::vector<std::string>& heading() const { return heading_; }
  /// Whether the names stand in a comment, so that they may be none.
  [[nodiscard]] bool heading_is_comment() const { return heading_is_comment_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }  ///< 0: no names and no rows
  [[nodiscard]] bool given_form() const { return options_.separator || options_.decimal; }

  /// Goes to the next row of data; false at the end.
  bool next();
  [[nodiscard]] std::size_t line() const { return rows_.line(); }
  [[nodiscard]] const std::vector<std::string_view>& cells() const { return cells_; }
  /// The text of a cell of the row; empty where the row has none.
  [[nodiscard]] std::string_view cell(std::size_t column) const;
  /// As number_of.
  [[nodiscard]] std::optional<double> number(std::size_t column) const;

  /// The row cannot be used: counts it where that was asked for, or throws.
  void reject(const std::string& problem);
  [[nodiscard]] std::size_t rejected() const { return rejected_; }
  /// Of the whole table.
  [[noreturn]] void fail(const std::string& problem, const std::string& remedy = {}) const;

 private:
  void find_heading();
  void count_columns();

  std::string origin_;
  TableShape shape_;
  TableOptions options_;
  TableForm form_;
  TableRows rows_;
  std::vector<std::string> heading_;
  std::vector<std::string_view> cells_;
  bool heading_is_comment_ = false;
  bool waiting_ = false;  ///< the first row of data is read, and not handed out yet
  std::size_t columns_ = 0;
  std::size_t widths_line_ = 0;  ///< the row that the number of columns was counted in
  std::size_t rejected_ = 0;
};

}  // namespace paralif
