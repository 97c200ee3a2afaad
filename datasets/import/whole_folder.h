// Folders that are there whole or not at all.
#pragma once

#include <filesystem>
#include <functional>

namespace paralif {

/// Calls `write` with a new folder beside `path`, then puts it in place of `path` in one step.
/// `path` must not exist or be an empty folder. When `write` throws, nothing is left; what a
/// process that was killed left beside `path` is removed by the next call. Throws Error(file).
void make_whole_folder(const std::filesystem::path& path,
                       const std::function<void(const std::filesystem::path& aside)>& write);

}  // namespace paralif
