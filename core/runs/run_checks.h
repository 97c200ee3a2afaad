// What a run's files may hold, checked where they are read: each function throws Error(file) that
// names the file and the first field whose value no training writes.
#pragma once

#include <filesystem>

#include "core/runs/run_files.h"

namespace paralif::run_files {

void check(const Head& h, const std::filesystem::path& origin);
void check(const Metrics& all, const std::filesystem::path& origin);
void check(const Records& records, const std::filesystem::path& origin);

}  // namespace paralif::run_files
