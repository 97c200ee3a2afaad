// Files that are either the old whole or the new whole, never half of one.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace paralif {

/// Calls `write` with the path of a file beside `path`, then puts it in place of `path` in one
/// step. When `write` throws, `path` is untouched and nothing is left beside it. A link stays and
/// its target is replaced; what is no regular file, such as /dev/stdout, is written to.
/// Throws Error(file) when the folder cannot be written or the disk is full.
void replace_file(const std::filesystem::path& path,
                  const std::function<void(const std::filesystem::path& aside)>& write);

/// The path that replace_file was given, from the one it handed on: for sentences to the user.
std::filesystem::path final_path(const std::filesystem::path& aside);

/// replace_file with these bytes.
void write_file(const std::filesystem::path& path, std::string_view bytes);

/// The whole of a regular file of at most a gibibyte. Throws Error(file).
std::string read_file(const std::filesystem::path& path);

}  // namespace paralif
