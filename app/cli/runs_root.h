// The folder that holds the runs, as a command was given it.
#pragma once

#include <filesystem>
#include <string>

#include "core/runs/run_store.h"
#include "datasets/readers/readable.h"

namespace paralif::cli {

/// The usual place where `given` is empty, which need not exist. Throws Error(file) for a folder
/// that was given, or is there, and cannot be read.
inline std::filesystem::path root_of(const std::string& given) {
  std::filesystem::path folder =
      given.empty() ? default_runs_root() : std::filesystem::path(given);
  std::error_code code;
  if (!given.empty() || std::filesystem::exists(folder, code) || code) require_folder(folder);
  return folder;
}

}  // namespace paralif::cli
