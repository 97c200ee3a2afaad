// Zip archives (libzip).
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace paralif {

/// Name in the archive, and bytes.
using ZipEntries = std::vector<std::pair<std::string, std::string>>;

/// Entries in memory, stored uncompressed. The archive is whole or absent. Throws Error(file).
void write_zip(const std::filesystem::path& path, const ZipEntries& entries);

/// Entries in memory, stored, and files, compressed. Leaves nothing when `cancelled` is set in the
/// meantime. Throws Error(file).
void write_zip(const std::filesystem::path& path, const ZipEntries& entries,
               const std::vector<std::pair<std::string, std::filesystem::path>>& files,
               const std::atomic<bool>& cancelled);

}  // namespace paralif
