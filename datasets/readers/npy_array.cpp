#include "datasets/readers/npy_array.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>

#include "datasets/error.h"
#include "datasets/half_float.h"

namespace paralif {
namespace {

constexpr std::string_view magic("\x93NUMPY", 6);

/// The text after 'key': in a header, without leading spaces.
std::optional<std::string_view> entry(std::string_view header, const std::string& key) {
  const std::size_t at = header.find("'" + key + "'");
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t colon = header.find(':', at);
  if (colon == std::string_view::npos) return std::nullopt;
  header.remove_prefix(colon + 1);
  header.remove_prefix(std::min(header.find_first_not_of(' '), header.size()));
  return header;
}

template <typename T>
T number(const char* at, bool swapped) {
  std::array<char, sizeof(T)> bytes;
  std::memcpy(bytes.data(), at, sizeof(T));
  if (swapped) std::ranges::reverse(bytes);
  return std::bit_cast<T>(bytes);
}

}  // namespace

NpyArray::NpyArray(std::string_view bytes, std::string origin) : origin_(std::move(origin)) {
  if (bytes.size() < 10 || bytes.substr(0, 6) != magic) fail("is not a numpy array");
  const int version = static_cast<unsigned char>(bytes[6]);
  const std::size_t prefix = version >= 2 ? 12 : 10;
  if (version < 1 || version > 3 || bytes.size() < prefix) fail("is of an unknown numpy version");
  std::size_t length = 0;
  for (std::size_t i = prefix; i-- > 8;) {
    length = length << 8 | static_cast<unsigned char>(bytes[i]);
  }
  if (length > bytes.size() - prefix) fail("is cut short in its header");
  parse_header(bytes.substr(prefix, length));
  data_ = bytes.data() + prefix + length;
  const std::size_t have = bytes.size() - prefix - length;
  if (columns_ > 0 && rows_ > have / item_ / columns_) {
    fail("claims " + std::to_string(rows_) + " x " + std::to_string(columns_) +
         " values and holds fewer");
  }
}

void NpyArray::parse_header(std::string_view header) {
  const auto type = entry(header, "descr");
  const auto order = entry(header, "fortran_order");
  const auto shape = entry(header, "shape");
  if (!type || !order || !shape) fail("has no numpy header");
  if (type->size() < 5 || (*type)[0] != '\'') fail("does not hold plain numbers");
  const char endian = (*type)[1];
  kind_ = (*type)[2];
  item_ = static_cast<std::size_t>((*type)[3] - '0');
  swapped_ = endian == '>';
  const bool known =
      (kind_ == 'f' && (item_ == 2 || item_ == 4 || item_ == 8)) ||
      ((kind_ == 'i' || kind_ == 'u') && (item_ == 1 || item_ == 2 || item_ == 4 || item_ == 8)) ||
      (kind_ == 'b' && item_ == 1);
  if (!known || (*type)[4] != '\'') fail("does not hold plain numbers");
  fortran_ = order->starts_with("True");

  std::vector<std::size_t> extents;
  const char* at = shape->data();
  const char* const end = at + shape->size();
  while (at != end && *at != ')') {
    if (*at < '0' || *at > '9') {
      ++at;
      continue;
    }
    std::size_t extent = 0;
    const auto [rest, code] = std::from_chars(at, end, extent);
    if (code != std::errc{}) fail("claims an impossible size");
    extents.push_back(extent);
    at = rest;
  }
  if (extents.empty() || extents.size() > 2) fail("has not one or two dimensions");
  rows_ = extents[0];
  columns_ = extents.size() == 2 ? extents[1] : 1;
}

double NpyArray::at(std::size_t row, std::size_t column) const {
  const std::size_t index = fortran_ ? column * rows_ + row : row * columns_ + column;
  const char* const p = data_ + index * item_;
  if (kind_ == 'f') {
    if (item_ == 8) return number<double>(p, swapped_);
    if (item_ == 4) return static_cast<double>(number<float>(p, swapped_));
    return static_cast<double>(float_of_half(number<std::uint16_t>(p, swapped_)));
  }
  const bool is_signed = kind_ == 'i';
  switch (item_) {
    case 1:
      return is_signed ? number<std::int8_t>(p, false) : number<std::uint8_t>(p, false);
    case 2:
      return is_signed ? number<std::int16_t>(p, swapped_) : number<std::uint16_t>(p, swapped_);
    case 4:
      return is_signed ? number<std::int32_t>(p, swapped_) : number<std::uint32_t>(p, swapped_);
    default:
      break;
  }
  return is_signed ? static_cast<double>(number<std::int64_t>(p, swapped_))
                   : static_cast<double>(number<std::uint64_t>(p, swapped_));
}

void NpyArray::fail(const std::string& problem) const {
  throw Error(Error::Kind::file, origin_, problem, "download or save the file again");
}

std::string npy_bytes(const std::vector<double>& values, std::size_t rows, std::size_t columns) {
  std::string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" +
                       std::to_string(rows) + ", " + std::to_string(columns) + "), }";
  while ((10 + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  std::string bytes(magic);
  bytes += std::string("\x01\x00", 2);
  bytes += static_cast<char>(header.size() & 0xff);
  bytes += static_cast<char>(header.size() >> 8);
  bytes += header;
  const std::size_t start = bytes.size();
  bytes.resize(start + values.size() * sizeof(double));
  std::memcpy(bytes.data() + start, values.data(), values.size() * sizeof(double));
  return bytes;
}

}  // namespace paralif
