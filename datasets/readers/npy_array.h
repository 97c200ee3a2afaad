// numpy's .npy files: arrays of numbers of any type, plain or with named fields, as doubles.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paralif {

/// Reads values in place, without a copy of the whole array.
///
/// The columns of an array with named fields are its fields, in the order of the file.
class NpyArray {
 public:
  /// Keeps `bytes`; throws Error(file) that names `origin` for anything but a complete array of
  /// one or two dimensions of real numbers, or of one dimension of fields of such numbers.
  NpyArray(std::string_view bytes, std::string origin);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const;
  /// Empty for an array without named fields.
  [[nodiscard]] const std::vector<std::string>& field_names() const { return names_; }
  [[nodiscard]] bool holds_whole_numbers(std::size_t column) const;

 private:
  struct Number {
    char kind = 'f';
    std::size_t bytes = 0;
    bool swapped = false;
    std::size_t offset = 0;  ///< within a row of fields
  };

  [[noreturn]] void fail(const std::string& problem) const;
  void parse_fields(std::string_view fields);
  [[nodiscard]] Number number_type(std::string_view text) const;

  std::string origin_;
  const char* data_ = nullptr;
  std::size_t rows_ = 0;
  std::size_t columns_ = 1;
  std::size_t item_ = 0;         ///< bytes of a number, or of a row of fields
  std::vector<Number> numbers_;  ///< one, or one a field
  std::vector<std::string> names_;
  bool fortran_ = false;
};

/// The bytes of a .npy file (version 1.0, little-endian float64, C order).
std::string npy_bytes(const std::vector<double>& values, std::size_t rows, std::size_t columns);

}  // namespace paralif
