// HDF5 files as values: groups, arrays and attributes, with errors that name the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace paralif {

/// A dense array in row-major order.
template <typename T>
struct Array {
  std::vector<std::int64_t> shape;  ///< empty: a scalar
  std::vector<T> values;
};

using Hdf5Attribute =
    std::variant<bool, std::int64_t, double, std::string, std::vector<double>>;

/// A file opened to read. Every failure throws Error(file) that names the file and the object.
class Hdf5Reader {
 public:
  explicit Hdf5Reader(const std::filesystem::path& path);
  ~Hdf5Reader();
  Hdf5Reader(Hdf5Reader&&) noexcept;
  Hdf5Reader& operator=(Hdf5Reader&&) noexcept;

  [[nodiscard]] const std::filesystem::path& path() const;
  [[nodiscard]] bool contains(const std::string& name) const;
  [[nodiscard]] bool is_group(const std::string& name) const;
  /// Names of the members of a group, in alphabetical order; "/" is the root.
  [[nodiscard]] std::vector<std::string> members(const std::string& group) const;
  [[nodiscard]] std::map<std::string, Hdf5Attribute> attributes(const std::string& name) const;

  [[nodiscard]] Array<float> floats(const std::string& name) const;
  [[nodiscard]] Array<double> doubles(const std::string& name) const;
  [[nodiscard]] Array<std::int64_t> integers(const std::string& name) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A new file. Groups in a name ("a/b/c") are made as needed; arrays are compressed unless asked.
/// Close before the file is used; a full disk throws Error(file) at the latest there.
class Hdf5Writer {
 public:
  enum class Storage : std::uint8_t { compressed, plain };
  explicit Hdf5Writer(const std::filesystem::path& path, Storage storage = Storage::compressed);
  ~Hdf5Writer();
  Hdf5Writer(const Hdf5Writer&) = delete;
  Hdf5Writer& operator=(const Hdf5Writer&) = delete;

  void write(const std::string& name, const Array<float>& array);
  void write(const std::string& name, const Array<double>& array);
  void write(const std::string& name, const Array<std::int64_t>& array);
  void write(const std::string& name, const Array<std::int32_t>& array);
  void attribute(const std::string& object, const std::string& name, const std::string& value);
  void attribute(const std::string& object, const std::string& name, double value);
  void attribute(const std::string& object, const std::string& name, std::int64_t value);
  void close();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paralif
