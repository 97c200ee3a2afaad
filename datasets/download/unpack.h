// Archives as publishers pack them: zip, and tar in any compression.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace paralif {

/// Whether a file of that name is taken for an archive.
bool is_archive(const std::string& name);

/// Puts the files of these names, wherever in the archive they stand, into `folder`. Folders, links
/// and other files are passed over; nothing outside `folder` is written. `alive` is asked now and
/// then and ends the work by false. Throws Error(file) for a damaged archive, one without a file of
/// the names, and where more than `most_bytes` come out; files that came out stay aside.
void unpack_files(const std::filesystem::path& archive, const std::vector<std::string>& names,
                  const std::filesystem::path& folder, std::uint64_t most_bytes,
                  const std::function<bool()>& alive);

}  // namespace paralif
