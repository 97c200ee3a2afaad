// Columns of event files in HDF5: numbers of any type, as ragged rows or as one plain array.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "datasets/recording.h"

namespace paralif {

/// Numbers as a file stores them, decoded to double; integers up to 2^53 are exact.
struct StoredNumbers {
  std::vector<double> values;
  TimePrecision precision = TimePrecision::full;  ///< of the stored numbers; integers are full
};

/// An HDF5 file opened to read events. Throws Error(file) that names file and object; what a
/// header claims is checked against limits before memory is taken. Calls may come from several
/// threads.
class Hdf5EventFile {
 public:
  explicit Hdf5EventFile(const std::filesystem::path& path);
  ~Hdf5EventFile();
  Hdf5EventFile(const Hdf5EventFile&) = delete;
  Hdf5EventFile& operator=(const Hdf5EventFile&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const;
  [[nodiscard]] bool contains(const std::string& name) const;

  /// Rows of a column of variable-length rows.
  [[nodiscard]] std::int64_t ragged_rows(const std::string& name) const;
  [[nodiscard]] StoredNumbers ragged_row(const std::string& name, std::int64_t row) const;
  /// A one-dimensional array of numbers.
  [[nodiscard]] StoredNumbers numbers(const std::string& name) const;
  /// A one-dimensional array of texts, of fixed or variable length.
  [[nodiscard]] std::vector<std::string> texts(const std::string& name) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paralif
