// Where a user's files go, by the XDG Base Directory Specification.
#pragma once

#include <filesystem>
#include <string>

namespace paralif {

enum class UserFolder {
  data,    ///< $XDG_DATA_HOME/paralif, or ~/.local/share/paralif
  config,  ///< $XDG_CONFIG_HOME/paralif, or ~/.config/paralif
  cache    ///< $XDG_CACHE_HOME/paralif, or ~/.cache/paralif
};

/// An absolute path; the folder need not exist. Values of XDG variables that are no absolute path
/// are ignored, as the specification says; without HOME the home of the user's entry in the
/// passwd database counts. Where there is none either, throws Error(setting) that says to use
/// `instead`, such as "--dir": nothing goes to the current folder unasked.
std::filesystem::path user_folder(UserFolder folder, const std::string& instead);

}  // namespace paralif
