// Decoding of the number types that event files use.
#include "datasets/readers/hdf5_numbers.h"

#include <cstring>

#include "datasets/half_float.h"

namespace paralif {
namespace {

Hdf5Handle half_type() {
  Hdf5Handle type(H5Tcopy(H5T_IEEE_F32LE), H5Tclose);
  H5Tset_fields(type.get(), 15, 10, 5, 0, 10);
  H5Tset_size(type.get(), 2);
  H5Tset_ebias(type.get(), 15);
  return type;
}

template <typename T, typename Convert>
std::vector<double> decode_as(const void* memory, std::size_t count, Convert convert) {
  std::vector<double> values(count);
  const auto* bytes = static_cast<const std::byte*>(memory);
  for (std::size_t i = 0; i < count; ++i) {
    T stored;
    std::memcpy(&stored, bytes + i * sizeof stored, sizeof stored);
    values[i] = static_cast<double>(convert(stored));
  }
  return values;
}

}  // namespace

NumberType number_type(hid_t stored) {
  NumberType type;
  const H5T_class_t kind = H5Tget_class(stored);
  const std::size_t size = H5Tget_size(stored);
  if (kind == H5T_FLOAT) {
    type.precision = size == 2   ? TimePrecision::half
                     : size == 4 ? TimePrecision::single
                                 : TimePrecision::full;
    Hdf5Handle half = half_type();
    if (H5Tequal(stored, half.get()) > 0) {
      type.encoding = NumberType::Encoding::half;
      type.bytes = 2;
      type.memory = std::move(half);
    } else if (H5Tequal(stored, H5T_NATIVE_FLOAT) > 0) {
      type.encoding = NumberType::Encoding::single;
      type.bytes = 4;
      type.memory = Hdf5Handle(H5Tcopy(H5T_NATIVE_FLOAT), H5Tclose);
    } else {
      type.memory = Hdf5Handle(H5Tcopy(H5T_NATIVE_DOUBLE), H5Tclose);
    }
  } else if (kind == H5T_INTEGER) {
    if (H5Tequal(stored, H5T_NATIVE_UINT16) > 0) {
      type.encoding = NumberType::Encoding::word;
      type.bytes = 2;
      type.memory = Hdf5Handle(H5Tcopy(H5T_NATIVE_UINT16), H5Tclose);
    } else {
      type.encoding = NumberType::Encoding::integer;
      type.memory = Hdf5Handle(H5Tcopy(H5T_NATIVE_INT64), H5Tclose);
    }
  }
  return type;
}

std::vector<double> decode(const NumberType& type, const void* memory, std::size_t count) {
  const auto same = [](auto value) { return value; };
  switch (type.encoding) {
    case NumberType::Encoding::half:
      return decode_as<std::uint16_t>(memory, count, float_of_half);
    case NumberType::Encoding::single:
      return decode_as<float>(memory, count, same);
    case NumberType::Encoding::word:
      return decode_as<std::uint16_t>(memory, count, same);
    case NumberType::Encoding::integer:
      return decode_as<std::int64_t>(memory, count, same);
    case NumberType::Encoding::full:
      break;
  }
  return decode_as<double>(memory, count, same);
}

}  // namespace paralif
