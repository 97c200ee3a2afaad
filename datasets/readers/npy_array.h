// numpy's .npy files: a two-dimensional array of numbers of any type, as doubles.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paralif {

/// Reads values in place, without a copy of the whole array.
class NpyArray {
 public:
  /// Keeps `bytes`; throws Error(file) that names `origin` for anything but a complete array of
  /// one or two dimensions of real numbers.
  NpyArray(std::string_view bytes, std::string origin);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const;

 private:
  [[noreturn]] void fail(const std::string& problem) const;
  void parse_header(std::string_view header);

  std::string origin_;
  const char* data_ = nullptr;
  std::size_t rows_ = 0;
  std::size_t columns_ = 1;
  std::size_t item_ = 0;
  char kind_ = 'f';
  bool swapped_ = false;
  bool fortran_ = false;
};

/// The bytes of a .npy file (version 1.0, little-endian float64, C order).
std::string npy_bytes(const std::vector<double>& values, std::size_t rows, std::size_t columns);

}  // namespace paralif
