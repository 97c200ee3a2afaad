// Spike lists of other programs: rows of a time and a unit, in text, numpy or HDF5 files.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "datasets/recording.h"
#include "datasets/tables/table_form.h"

namespace paralif {

/// Which columns hold what, and in what unit times are. What is absent is what the heading says,
/// else time in the first column, unit in the second, and seconds.
struct SpikeListMapping {
  std::optional<std::size_t> time_column;  ///< text and numpy; counted from 0
  std::optional<std::size_t> unit_column;
  std::optional<double> seconds_per_unit;  ///< of the file's times: 1e-3 for milliseconds
  std::int32_t channels = 700;             ///< units must be below
  std::string times_name = "times";        ///< HDF5: one-dimensional arrays of these names
  std::string units_name = "units";
  TableOptions table;  ///< skip_bad also holds for numpy and HDF5
};

struct SpikeList {
  Recording recording;       ///< times in seconds, sorted; empty where there is no spike
  double start_s = 0.0;      ///< what was subtracted from all times
  std::size_t skipped = 0;   ///< rows that were left out, as was asked for
  std::string read_as;       ///< columns, unit of time and form, as a part of a sentence
};

/// What is done with times that begin late, such as those since midnight.
enum class StartTime : std::uint8_t {
  keep,
  subtract_late,  ///< the first spike becomes 0 where it comes at `late_start_s` or later
  subtract
};
constexpr double late_start_s = 60.0;

/// Rows in any order are sorted by time. The start is subtracted in the file's own numbers, so
/// that differences stay exact. Text without any row of data, or a file without any number, is a
/// recording without spikes. Throws Error(file) that names the line at fault, and where columns,
/// unit or form can be read in two ways.
SpikeList decode_spike_table(std::string_view text, const std::string& origin,
                             const SpikeListMapping& mapping,
                             StartTime start = StartTime::subtract_late);
SpikeList decode_spike_npy(std::string_view bytes, const std::string& origin,
                           const SpikeListMapping& mapping,
                           StartTime start = StartTime::subtract_late);

/// A .npy, .h5 or .hdf5 file; any other is text.
SpikeList read_spike_list(const std::filesystem::path& file, const SpikeListMapping& mapping,
                          StartTime start = StartTime::subtract_late);

/// Whether a file's text is a spike list, whatever its suffix: the first row of data holds two
/// numbers or more, or there is none and the heading names a time and a unit.
bool holds_spike_table(const std::filesystem::path& file);

}  // namespace paralif
