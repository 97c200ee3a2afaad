// What a file's name says: its suffix in any case, and whether it is another system's companion.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace paralif {

/// The suffix in small letters, with its dot: ".npy" for "R0.NPY"; empty where there is none.
std::string suffix_of(const std::filesystem::path& path);

/// Whether the name ends so, in any case. `suffix` is in small letters, with its dot.
bool has_suffix(const std::filesystem::path& path, std::string_view suffix);

/// Whether a file or folder is kept by a system beside the data and is none of it: hidden ones
/// (`.DS_Store`, AppleDouble's `._x`), `__MACOSX`, `Thumbs.db`, `desktop.ini`. Only the last part
/// of the path counts.
bool is_companion(const std::filesystem::path& path);

/// Whether any part of a relative path, such as an entry of an archive, is a companion.
bool has_companion(const std::filesystem::path& relative);

}  // namespace paralif
