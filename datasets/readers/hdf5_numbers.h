// How HDF5 numbers are read and decoded. Private to the columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "datasets/hdf5_handle.h"
#include "datasets/readers/hdf5_columns.h"

namespace paralif {

/// What to ask HDF5 for, given the type in the file: the stored bytes where we decode them
/// faster than HDF5 converts, a native type elsewhere.
struct NumberType {
  enum class Encoding : std::uint8_t { half, single, full, word, integer };

  Hdf5Handle memory;
  Encoding encoding = Encoding::full;
  TimePrecision precision = TimePrecision::full;
  std::size_t bytes = 8;  ///< of one number in memory
};

/// Not valid (memory) for a type that is no number.
NumberType number_type(hid_t stored);

/// `count` numbers from memory laid out as the type says.
std::vector<double> decode(const NumberType& type, const void* memory, std::size_t count);

}  // namespace paralif
