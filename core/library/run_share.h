// A run as one file (.paralif, a zip archive) to hand on: written from a run's folder, taken into
// another folder of runs.
#pragma once

#include <filesystem>
#include <string>

#include "core/values/job.h"

namespace paralif {

/// Where a run was made, kept in the archive as provenance.json.
struct Provenance {
  std::string program;  ///< "ParaLIF Studio 0.1.0"
  std::string machine;  ///< processor, system; empty: not told
};

/// Writes every file of a run and provenance.json: program, machine, when, the command line that
/// trains it, its seed, and name, size and XXH64 checksum of the dataset's files that are there.
/// The archive is whole or absent. Throws Error(file), also for a run in training, whose files
/// change; JobCancelled.
void share_run(const std::filesystem::path& run, const std::filesystem::path& file,
               const Provenance& provenance, JobControl& control);

/// Unpacks a shared run as a new folder under `root` and returns it. Only files that a run has are
/// taken, by their names; any other entry, a second one of a name, an entry that claims more than
/// it can hold or than there is room for, and files that are no run's are refused: Throws
/// Error(file), and nothing is left. JobCancelled likewise. All metrics and epochs are read once.
std::filesystem::path take_shared_run(const std::filesystem::path& file,
                                      const std::filesystem::path& root, JobControl& control);

/// ".paralif".
inline constexpr const char* share_suffix = ".paralif";
inline constexpr const char* provenance_file = "provenance.json";

}  // namespace paralif
