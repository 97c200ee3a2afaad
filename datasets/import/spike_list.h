// Spike lists of other programs: rows of a time and a unit, in CSV, numpy or HDF5 files.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "datasets/recording.h"

namespace paralif {

/// Which columns hold what, and in what unit times are.
struct SpikeListMapping {
  std::size_t time_column = 0;  ///< CSV and numpy; counted from 0
  std::size_t unit_column = 1;
  double seconds_per_unit = 1.0;     ///< of the file's times: 1e-3 for milliseconds
  std::int32_t channels = 700;       ///< units must be below
  std::string times_name = "times";  ///< HDF5: one-dimensional arrays of these names
  std::string units_name = "units";
};

/// Rows in any order are sorted by time; the result is in seconds. Throws Error(file) that names
/// the row.
Recording decode_spike_csv(std::string_view text, const std::string& origin,
                           const SpikeListMapping& mapping);
Recording decode_spike_npy(std::string_view bytes, const std::string& origin,
                           const SpikeListMapping& mapping);

/// A .csv, .txt, .tsv, .npy, .h5 or .hdf5 file.
Recording read_spike_list(const std::filesystem::path& file, const SpikeListMapping& mapping);

}  // namespace paralif
