// Event files in HDF5 as the speech datasets have them: ragged rows and one-dimensional arrays.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace paralif {

/// Types that published files keep times in.
enum class StoredTime : std::uint8_t { half, single, full };

/// Throws Error(file) for anything that cannot be written; call close() at the end.
class Hdf5EventWriter {
 public:
  explicit Hdf5EventWriter(const std::filesystem::path& path);
  ~Hdf5EventWriter();
  Hdf5EventWriter(const Hdf5EventWriter&) = delete;
  Hdf5EventWriter& operator=(const Hdf5EventWriter&) = delete;

  /// Begins `spikes/times` and `spikes/units` with this many rows.
  void begin_ragged(std::int64_t rows, StoredTime type);
  void ragged_row(std::int64_t row, std::span<const double> times,
                  std::span<const std::uint16_t> units);

  void integers(const std::string& name, const std::vector<std::int64_t>& values);
  void doubles(const std::string& name, const std::vector<double>& values);
  /// Texts of fixed length, as numpy's byte strings.
  void texts(const std::string& name, const std::vector<std::string>& values);
  void close();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paralif
