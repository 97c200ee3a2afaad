// Runs that were thrown away, until the bin is emptied: they lie in the folder .bin of the root.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace paralif {

/// Where a root keeps them.
std::filesystem::path bin_of(const std::filesystem::path& root);

/// Moves a run of `root`, or of a sweep there, into the bin and says where it lies now. Throws
/// Error(file) when it is no run, is being trained, or cannot be moved; it is then where it was.
std::filesystem::path move_to_bin(const std::filesystem::path& root,
                                  const std::filesystem::path& run);

/// Moves it back to where it was and says where. Throws Error(file) when that place is taken.
std::filesystem::path restore_from_bin(const std::filesystem::path& root,
                                       const std::filesystem::path& binned);

/// Removes it for good. Throws Error(file) when `binned` does not lie in the bin.
void delete_from_bin(const std::filesystem::path& root, const std::filesystem::path& binned);

/// Runs that lie in the bin, as folders; nothing else there is touched.
std::vector<std::filesystem::path> list_bin(const std::filesystem::path& root);

}  // namespace paralif
