// Reading that may bring the HDF5 library down, tried in a child process first.
#pragma once

#include <filesystem>
#include <functional>

namespace paralif {

/// Runs `read` in a child process. Where that is ended by a signal or does not come back within
/// twenty seconds, throws Error(file) that names `path`; what `read` throws there is left to the
/// caller's own reading. Texts of variable length that lead astray crash the library (1.10) itself.
void require_survivable(const std::filesystem::path& path, const std::function<void()>& read);

}  // namespace paralif
