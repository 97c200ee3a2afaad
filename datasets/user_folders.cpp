#include "datasets/user_folders.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

#include "datasets/error.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

/// The variable's value where it is an absolute path; else empty.
fs::path absolute_value(const char* variable) {
  const char* value = std::getenv(variable);
  const fs::path path = value == nullptr ? fs::path() : fs::path(value);
  return path.is_absolute() ? path : fs::path();
}

fs::path home() {
  if (fs::path own = absolute_value("HOME"); !own.empty()) return own;
  std::vector<char> space(std::size_t{1} << 16U);
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(::getuid(), &entry, space.data(), space.size(), &found) != 0 ||
      found == nullptr || found->pw_dir == nullptr) {
    return {};
  }
  const fs::path path = found->pw_dir;
  return path.is_absolute() && path != "/" && path != "/nonexistent" ? path : fs::path();
}

}  // namespace

fs::path user_folder(UserFolder folder, const std::string& instead) {
  const char* variable = "XDG_DATA_HOME";
  fs::path below = ".local/share";
  if (folder == UserFolder::config) {
    variable = "XDG_CONFIG_HOME";
    below = ".config";
  } else if (folder == UserFolder::cache) {
    variable = "XDG_CACHE_HOME";
    below = ".cache";
  }
  if (const fs::path given = absolute_value(variable); !given.empty()) return given / "paralif";
  const fs::path own = home();
  if (own.empty()) {
    throw Error(Error::Kind::setting, "HOME",
                "is not set to an absolute path, and the user has no home folder",
                "set it, or say where files go with " + instead);
  }
  return own / below / "paralif";
}

}  // namespace paralif
