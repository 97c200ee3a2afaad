// Arrays by name as NumPy and safetensors keep them: what is in the file, read as data. Without
// Torch.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace paralif {

enum class NumberType : std::uint8_t {
  boolean,
  int8,
  uint8,
  int16,
  int32,
  int64,
  float16,
  bfloat16,
  float32,
  float64
};

/// Bytes of one number.
std::size_t size_of(NumberType type);

struct NamedArray {
  std::string name;
  NumberType type = NumberType::float32;
  std::vector<std::int64_t> sizes;  ///< empty: one number
  bool columns_first = false;       ///< the first index runs fastest (Fortran's order)
  std::string bytes;                ///< little-endian, as many as sizes and type say
};

/// An array as numpy.save writes it, versions 1 to 3. Objects are refused, nothing is run. Throws
/// Error(file) that names `origin`.
NamedArray npy_array(std::string_view bytes, const std::string& name, const std::string& origin);

/// What numpy.savez writes, compressed or not. Throws Error(file).
std::vector<NamedArray> read_npz(const std::filesystem::path& path);

/// A file of safetensors: eight bytes of length, a header of JSON, the values. Throws Error(file)
/// that names `origin`, also for arrays that overlap or leave gaps.
std::vector<NamedArray> safetensors_arrays(std::string_view bytes, const std::string& origin);

}  // namespace paralif
