// Results on disk: a run folder of its own kind, and single files to share.
//
//   timing.json   the whole record: plan, machine, every trial
//   timing.h5     the same as arrays: /curves/<n>/{steps, trials_ms, median_ms, quartiles_ms}
//   timing.csv    a line a point
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/timing/timing_results.h"

namespace paralif {

inline constexpr const char* timing_json_name = "timing.json";
inline constexpr const char* timing_hdf5_name = "timing.h5";
inline constexpr const char* timing_csv_name = "timing.csv";

std::string timing_record_json(const TimingResults& results);
/// Throws Error(file) that names `origin` and what is wrong.
TimingResults timing_from_json(const std::string& text, const std::string& origin);

std::string timing_csv(const TimingResults& results);

/// Whole or not at all. Throw Error(file).
void write_timing_csv(const std::filesystem::path& path, const TimingResults& results);
void write_timing_hdf5(const std::filesystem::path& path, const TimingResults& results);
TimingResults read_timing_hdf5(const std::filesystem::path& path);

/// Makes a folder for results under a root, all its files in it from the start, or (where
/// `folder` names one) brings its files up to date. Gives the folder. Throws Error(file).
std::filesystem::path save_timing(const std::filesystem::path& root,
                                  const std::filesystem::path& folder,
                                  const TimingResults& results);

bool is_timing_folder(const std::filesystem::path& folder);

/// A results folder, a timing.json or a timing.h5, also under another name. Throws Error(file).
TimingResults read_timing(const std::filesystem::path& path);

struct TimingEntry {
  std::filesystem::path folder;
  std::string title;
  std::string started;
  std::string problem;  ///< why it cannot be read, as a sentence; else empty
};
/// Every result under a root, newest first, then those that cannot be read.
std::vector<TimingEntry> list_timings(const std::filesystem::path& root);

}  // namespace paralif
