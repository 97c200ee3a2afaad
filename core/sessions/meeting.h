// The files of the folder where the processes of a training meet; see ProcessShare. Private to the
// room.
#pragma once

#include <filesystem>

namespace paralif::meeting {

inline constexpr const char* experiment = "experiment.json";
inline constexpr const char* state = "state.h5";
inline constexpr const char* ready = "ready";
inline constexpr const char* ended = "ended";

inline bool is_there(const std::filesystem::path& path) {
  std::error_code none;
  return std::filesystem::exists(path, none);
}

}  // namespace paralif::meeting
