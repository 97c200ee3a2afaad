// A zip archive of entries that are in memory, stored uncompressed.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace paralif {

/// Name in the archive, and bytes.
using ZipEntries = std::vector<std::pair<std::string, std::string>>;

/// The archive is whole or absent. Throws Error(file).
void write_zip(const std::filesystem::path& path, const ZipEntries& entries);

}  // namespace paralif
