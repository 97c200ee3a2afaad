// Files and folders as readers meet them: one clear error for what cannot be read.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace paralif {

/// Throws Error(file) unless the path is a file that this user may read.
void require_readable_file(const std::filesystem::path& path);

/// Throws Error(file) unless the path is a folder that this user may look into.
void require_folder(const std::filesystem::path& path);

/// The bytes of a file of at most `limit` bytes. Throws Error(file).
std::string read_bytes(const std::filesystem::path& path, std::uintmax_t limit);

/// The path of an entry of a folder by its name in any case; the exact name goes first. A path that
/// does not exist where there is none.
std::filesystem::path entry_named(const std::filesystem::path& folder, const std::string& name);

/// What is in a folder but other systems' companions (see datasets/file_names.h), in the order of the names;
/// loops of links are passed over.
/// Throws Error(file) when the folder cannot be listed.
std::vector<std::filesystem::path> entries_of(const std::filesystem::path& folder);

/// Whether this exists and is a folder; false where it cannot be told.
bool is_folder(const std::filesystem::path& path);
bool is_file(const std::filesystem::path& path);

}  // namespace paralif
