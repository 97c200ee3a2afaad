// How a table is written: what separates its columns, what its decimal sign is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/error.h"

namespace paralif {

struct TableForm {
  char separator = ',';  ///< ',', ';', a tab, or a blank: runs of blanks and tabs
  char decimal = '.';    ///< '.' or ','
  bool operator==(const TableForm&) const = default;
};

/// "columns separated by ';', decimal comma".
std::string text_of(const TableForm& form);

/// A row that two forms read as other values: the user has to say which is meant.
class TwoReadings : public Error {
 public:
  struct Reading {
    TableForm form;
    std::string row;  ///< "12.5 | 7": the cells as this form reads them
  };

  TwoReadings(const std::string& origin, std::size_t line, Reading one, Reading other);
  [[nodiscard]] std::size_t line() const { return line_; }
  [[nodiscard]] const Reading& one() const { return one_; }
  [[nodiscard]] const Reading& other() const { return other_; }

 private:
  std::size_t line_;
  Reading one_;
  Reading other_;
};

/// What the user says about a table; what is absent is found out.
struct TableOptions {
  std::optional<char> separator = std::nullopt;
  std::optional<char> decimal = std::nullopt;
  bool skip_bad = false;  ///< leaves out rows that cannot be read, and counts them
};

/// "comma", "semicolon", "tab" or "blank", or the character itself. Nothing for another text.
std::optional<char> separator_of(std::string_view name);
/// "point" or "comma", or the character itself.
std::optional<char> decimal_of(std::string_view name);

/// What the reader of a table expects of its rows.
struct TableShape {
  std::size_t fewest = 1;     ///< columns
  std::size_t most = 100000;  ///< columns
  std::size_t numbers = 1;    ///< cells of a row that are numbers, at least
  bool all_numbers = false;   ///< every cell is one
  std::string remedy;         ///< of errors: what a good table looks like
};

/// The rows of a text one after the other, without comments ('#', '%') and rows without a filled
/// cell. Lines end with a line feed, a carriage return or both.
class TableRows {
 public:
  /// `text` without a byte order mark; it is kept.
  explicit TableRows(std::string_view text) : rest_(text) {}

  bool next();
  [[nodiscard]] std::string_view row() const { return row_; }
  [[nodiscard]] std::size_t line() const { return line_; }  ///< counted from 1
  /// The last comment before the row, without its sign.
  [[nodiscard]] std::string_view comment() const { return comment_; }

 private:
  std::string_view rest_;
  std::string_view row_;
  std::string_view comment_;
  std::size_t line_ = 0;
};

/// Cells without blanks around them; those in double quotes may hold the separator.
void split_row(std::string_view row, char separator, std::vector<std::string_view>& cells);
/// How many cells there are up to the last one that is not empty.
std::size_t filled(const std::vector<std::string_view>& cells);
/// Whether these are names of columns: none is a number or says that it is missing, and each that
/// is there begins with a letter. A row of numbers is never one.
bool is_heading(const std::vector<std::string_view>& cells);

/// The one form in which the rows are as expected. Throws TwoReadings where two forms fit
/// alike and read other values.
TableForm find_form(std::string_view text, const std::string& origin, const TableShape& shape,
                    const TableOptions& options);

}  // namespace paralif
