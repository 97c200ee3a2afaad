// All runs of a folder, quickly: what the index remembers, and what has changed since.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/library/run_entry.h"
#include "core/values/job.h"

namespace paralif {

struct LibraryListing {
  std::vector<RunEntry> runs;  ///< newest first
  std::size_t read = 0;        ///< runs whose files were read; the others came from the index
  std::string index_problem;   ///< why there is no index, as a sentence: listing is slow without
};

/// Runs directly in `root` and in the sweeps there, and those that cannot be read as damaged ones.
/// Folders whose names begin with a dot and folders without any file of a run are left out.
/// `index_file` empty: without an index. Throws JobCancelled.
LibraryListing list_library(const std::filesystem::path& root,
                            const std::filesystem::path& index_file, JobControl& control);

/// With the index of the user's cache folder; without one where that has no place.
LibraryListing list_library(const std::filesystem::path& root, JobControl& control);

/// A folder that holds this is a sweep: its runs are folders within.
inline constexpr const char* sweep_file = "sweep.json";

}  // namespace paralif
