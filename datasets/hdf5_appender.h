// Tables of an HDF5 file that grow by rows: what is there already does not pass through memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace paralif {

/// Every array has rows along its first dimension and is stored in compressed chunks.
class Hdf5Appender {
 public:
  /// A new file, or one that this class has made. Throws Error(file).
  static Hdf5Appender fresh(const std::filesystem::path& path);
  static Hdf5Appender existing(const std::filesystem::path& path);
  ~Hdf5Appender();
  Hdf5Appender(Hdf5Appender&&) noexcept;
  Hdf5Appender& operator=(Hdf5Appender&&) noexcept;

  void attribute(const std::string& object, const std::string& name, std::int64_t value);

  /// Of an array, where it has no attribute of this name yet; nothing happens where it is missing.
  void describe(const std::string& array, const std::string& name, const std::string& value);

  /// Keeps the first `kept` rows and adds these behind them; makes an array that is missing if no
  /// rows are to be kept. `width`: values a row of a matrix; 0: an array of one dimension.
  /// Throws Error(file), also for an array of another width or with fewer rows.
  void append(const std::string& name, std::int64_t kept, const std::vector<std::int64_t>& values);
  void append(const std::string& name, std::int64_t kept, const std::vector<double>& values,
              std::int64_t width = 0);
  void close();

 private:
  struct Impl;
  explicit Hdf5Appender(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace paralif
