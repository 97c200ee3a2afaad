#include "core/exchange/array_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/values/json_document.h"
#include "datasets/error.h"
#include "datasets/readers/npy_parts.h"
#include "datasets/readers/zip_archive.h"
#include "datasets/text.h"

namespace paralif {
namespace {

constexpr std::uint64_t most_bytes = 1ULL << 31;  // of one array
constexpr std::size_t most_dimensions = 32;       // NumPy's own limit

struct TypeRow {
  NumberType type;
  std::size_t bytes;
  std::string_view numpy;  ///< kind and width, behind the sign of the byte order; empty: none
  std::string_view safetensors;
};

constexpr std::array types{
    TypeRow{NumberType::boolean, 1, "b1", "BOOL"}, TypeRow{NumberType::int8, 1, "i1", "I8"},
    TypeRow{NumberType::uint8, 1, "u1", "U8"},     TypeRow{NumberType::int16, 2, "i2", "I16"},
    TypeRow{NumberType::int32, 4, "i4", "I32"},    TypeRow{NumberType::int64, 8, "i8", "I64"},
    TypeRow{NumberType::float16, 2, "f2", "F16"},  TypeRow{NumberType::bfloat16, 2, "", "BF16"},
    TypeRow{NumberType::float32, 4, "f4", "F32"},  TypeRow{NumberType::float64, 8, "f8", "F64"},
};

[[noreturn]] void refuse(const std::string& origin, const std::string& problem) {
  throw Error(Error::Kind::file, origin, problem);
}

/// The bytes that an array of this shape has; nothing where they are too many to count.
std::optional<std::uint64_t> bytes_of(const std::vector<std::int64_t>& sizes, NumberType type) {
  std::uint64_t bytes = size_of(type);
  for (const std::int64_t size : sizes) {
    if (size < 0) return std::nullopt;
    const auto factor = static_cast<std::uint64_t>(size);
    if (factor != 0 && bytes > most_bytes / factor) return std::nullopt;
    bytes *= factor;
  }
  return bytes;
}

/// "'<f4'" to its type; nothing for objects, records, other byte orders.
std::optional<NumberType> numpy_type(std::string_view value) {
  if (value.size() < 4 || (value[0] != '\'' && value[0] != '"')) return std::nullopt;
  const std::size_t end = value.find(value[0], 1);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view text = value.substr(1, end - 1);
  if (text.size() != 3 || (text[0] != '<' && text[0] != '|')) return std::nullopt;
  for (const TypeRow& row : types) {
    if (row.numpy == text.substr(1)) return row.type;
  }
  return std::nullopt;
}

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  }
  return value;
}

struct Place {
  std::uint64_t begin = 0, end = 0;
};

/// Of one entry of the header; throws what nlohmann throws where it is none.
NamedArray array_of(const std::string& name, const nlohmann::json& entry, Place& place,
                    const std::string& origin) {
  NamedArray array;
  array.name = name;
  const auto dtype = entry.at("dtype").get<std::string>();
  const auto* row = std::ranges::find(types, dtype, &TypeRow::safetensors);
  if (row == types.end()) {
    refuse(origin,
           fmt::format("has '{}' of the unknown type {}", printable(name), printable(dtype)));
  }
  array.type = row->type;
  for (const auto& size : entry.at("shape")) array.sizes.push_back(size.get<std::int64_t>());
  const auto& offsets = entry.at("data_offsets");
  place = {offsets.at(0).get<std::uint64_t>(), offsets.at(1).get<std::uint64_t>()};
  const auto expected = bytes_of(array.sizes, array.type);
  if (array.sizes.size() > most_dimensions || !expected || place.end < place.begin ||
      place.end - place.begin != *expected) {
    refuse(origin,
           fmt::format("has '{}' with another number of bytes than its shape", printable(name)));
  }
  return array;
}

}  // namespace

std::size_t size_of(NumberType type) {
  return std::ranges::find(types, type, &TypeRow::type)->bytes;
}

NamedArray npy_array(std::string_view bytes, const std::string& name, const std::string& origin) {
  const std::string place = fmt::format("{}, '{}'", origin, printable(name));
  const NpyParts parts = npy_parts(bytes, place);
  NamedArray array;
  array.name = name;
  const auto type = numpy_type(parts.type);
  if (!type) refuse(place, "has no plain numbers of little-endian order");
  array.type = *type;
  array.columns_first = parts.columns_first;
  for (const std::size_t extent : parts.extents) {
    if (extent > most_bytes) refuse(place, "claims an impossible size");
    array.sizes.push_back(static_cast<std::int64_t>(extent));
  }
  const auto expected = bytes_of(array.sizes, array.type);
  if (array.sizes.size() > most_dimensions || !expected || *expected != parts.values.size()) {
    refuse(place, "has another number of values than its shape");
  }
  array.bytes = parts.values;
  return array;
}

std::vector<NamedArray> read_npz(const std::filesystem::path& path) {
  const ZipArchive archive(path);
  std::vector<NamedArray> arrays;
  for (std::size_t i = 0; i < archive.names().size(); ++i) {
    std::string name = archive.names()[i];
    constexpr std::string_view end = ".npy";
    if (!name.ends_with(end)) continue;
    name.resize(name.size() - end.size());
    arrays.push_back(npy_array(archive.read(i, most_bytes), name, path.string()));
  }
  if (arrays.empty()) refuse(path.string(), "holds no arrays of NumPy");
  return arrays;
}

std::vector<NamedArray> safetensors_arrays(std::string_view bytes, const std::string& origin) {
  if (bytes.size() < 8) refuse(origin, "is no file of safetensors: it is too short");
  const std::uint64_t length = little_endian(bytes.substr(0, 8));
  if (length > bytes.size() - 8) refuse(origin, "is no file of safetensors, or cut off");
  const std::string_view values = bytes.substr(8 + length);
  std::vector<std::pair<Place, NamedArray>> found;
  try {
    const nlohmann::json header = parse_json(bytes.substr(8, length), origin);
    for (const auto& [name, entry] : header.items()) {
      if (name == "__metadata__") continue;
      Place place;
      NamedArray array = array_of(name, entry, place, origin);
      found.emplace_back(place, std::move(array));
    }
  } catch (const nlohmann::json::exception&) {
    refuse(origin, "has a header that is none of safetensors");
  }
  std::ranges::sort(found, {}, [](const auto& one) { return one.first.begin; });
  std::uint64_t at = 0;
  std::vector<NamedArray> arrays;
  for (auto& [place, array] : found) {
    if (place.begin != at || place.end > values.size()) {
      refuse(origin, fmt::format("has '{}' out of its place", printable(array.name)));
    }
    array.bytes = values.substr(place.begin, place.end - place.begin);
    at = place.end;
    arrays.push_back(std::move(array));
  }
  if (at != values.size()) refuse(origin, "has bytes that belong to no array");
  return arrays;
}

}  // namespace paralif
