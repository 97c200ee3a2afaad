#include "datasets/readers/npy_array.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>

#include "datasets/error.h"
#include "datasets/half_float.h"
#include "datasets/readers/npy_parts.h"

namespace paralif {
namespace {

constexpr std::string_view magic("\x93NUMPY", 6);

template <typename T>
T number(const char* at, bool swapped) {
  std::array<char, sizeof(T)> bytes;
  std::memcpy(bytes.data(), at, sizeof(T));
  if (swapped) std::ranges::reverse(bytes);
  return std::bit_cast<T>(bytes);
}

}  // namespace

NpyArray::NpyArray(std::string_view bytes, std::string origin) : origin_(std::move(origin)) {
  const NpyParts parts = npy_parts(bytes, origin_);
  if (parts.type.starts_with('[')) {
    parse_fields(parts.type);
  } else {
    const std::size_t end = parts.type.empty() ? parts.type.npos : parts.type.find('\'', 1);
    if (end == parts.type.npos || parts.type.front() != '\'') fail("does not hold plain numbers");
    numbers_ = {number_type(parts.type.substr(1, end - 1))};
    item_ = numbers_[0].bytes;
  }
  fortran_ = parts.columns_first;
  const std::vector<std::size_t>& extents = parts.extents;
  const std::size_t most_dimensions = names_.empty() ? 2 : 1;
  if (extents.empty() || extents.size() > most_dimensions) {
    fail(names_.empty() ? "has not one or two dimensions" : "has not one dimension of fields");
  }
  rows_ = extents[0];
  columns_ = !names_.empty() ? names_.size() : extents.size() == 2 ? extents[1] : 1;
  data_ = parts.values.data();
  const std::size_t have = parts.values.size();
  const std::size_t across = names_.empty() ? columns_ : 1;  // fields are one item
  if (across > 0 && rows_ > have / item_ / across) {
    fail("claims " + std::to_string(rows_) + " x " + std::to_string(columns_) +
         " values and holds fewer");
  }
}

NpyArray::Number NpyArray::number_type(std::string_view text) const {
  if (text.size() != 3 || text[2] < '0' || text[2] > '9') fail("does not hold plain numbers");
  const Number number{text[1], static_cast<std::size_t>(text[2] - '0'), text[0] == '>', 0};
  const std::size_t bytes = number.bytes;
  const bool whole = number.kind == 'i' || number.kind == 'u';
  const bool known = (number.kind == 'f' && (bytes == 2 || bytes == 4 || bytes == 8)) ||
                     (whole && (bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8)) ||
                     (number.kind == 'b' && bytes == 1);
  if (!known) fail("does not hold plain numbers");
  return number;
}

/// "[('x', '<i2'), ('t', '<i8')]", as numpy writes packed fields; padding has an empty name and the
/// type of so many bytes.
void NpyArray::parse_fields(std::string_view fields) {
  const std::size_t list_end = fields.find(']');
  if (list_end == fields.npos || fields.find('[', 1) < list_end) {
    fail("has fields within fields or of several values, which are not read");
  }
  fields = fields.substr(1, list_end - 1);
  constexpr std::size_t most_fields = 64;
  while (!fields.empty()) {
    std::array<std::string_view, 2> texts;
    for (std::string_view& text : texts) {
      const std::size_t start = fields.find('\'');
      const std::size_t end = start == fields.npos ? start : fields.find('\'', start + 1);
      if (end == fields.npos) fail("has fields that cannot be understood");
      text = fields.substr(start + 1, end - start - 1);
      fields.remove_prefix(end + 1);
    }
    const std::size_t close = fields.find(')');
    if (close == fields.npos || fields.substr(0, close).find(',') != fields.npos) {
      fail("has the field '" + std::string(texts[0]) + "' of several values, which is not read");
    }
    fields.remove_prefix(close + 1);
    if (fields.find('(') == fields.npos) fields = {};
    const bool padding = texts[0].empty() && texts[1].starts_with("|V");
    if (padding) {
      std::size_t bytes = 0;
      const char* const end = texts[1].data() + texts[1].size();
      const auto [rest, code] = std::from_chars(texts[1].data() + 2, end, bytes);
      if (code != std::errc{} || rest != end || bytes > 4096) fail("has impossible padding");
      item_ += bytes;
      continue;
    }
    Number number = number_type(texts[1]);
    number.offset = item_;
    item_ += number.bytes;
    numbers_.push_back(number);
    names_.emplace_back(texts[0]);
    if (names_.size() > most_fields) fail("has too many fields");
  }
  if (names_.empty()) fail("has no fields");
}

bool NpyArray::holds_whole_numbers(std::size_t column) const {
  return numbers_[names_.empty() ? 0 : column].kind != 'f';
}

double NpyArray::at(std::size_t row, std::size_t column) const {
  const Number& type = numbers_[names_.empty() ? 0 : column];
  const std::size_t index = !names_.empty() ? row
                            : fortran_      ? column * rows_ + row
                                            : row * columns_ + column;
  const char* const p = data_ + index * item_ + type.offset;
  if (type.kind == 'f') {
    if (type.bytes == 8) return number<double>(p, type.swapped);
    if (type.bytes == 4) return static_cast<double>(number<float>(p, type.swapped));
    return static_cast<double>(float_of_half(number<std::uint16_t>(p, type.swapped)));
  }
  const bool is_signed = type.kind == 'i';
  switch (type.bytes) {
    case 1:
      return is_signed ? number<std::int8_t>(p, false) : number<std::uint8_t>(p, false);
    case 2:
      return is_signed ? number<std::int16_t>(p, type.swapped)
                       : number<std::uint16_t>(p, type.swapped);
    case 4:
      return is_signed ? number<std::int32_t>(p, type.swapped)
                       : number<std::uint32_t>(p, type.swapped);
    default:
      break;
  }
  return is_signed ? static_cast<double>(number<std::int64_t>(p, type.swapped))
                   : static_cast<double>(number<std::uint64_t>(p, type.swapped));
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
