#include "datasets/readers/readable.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "datasets/error.h"
#include "datasets/file_names.h"

namespace paralif {
namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code code;
  return fs::is_directory(path, code);
}

bool is_file(const fs::path& path) {
  std::error_code code;
  return fs::is_regular_file(path, code);
}

void require_readable_file(const fs::path& path) {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (status.type() == fs::file_type::not_found) {
    throw Error(Error::Kind::file, path.string(), "does not exist", "check the name");
  }
  if (fs::is_directory(status)) {
    throw Error(Error::Kind::file, path.string(), "is a folder, not a file");
  }
  if (!code && !fs::is_regular_file(status)) {
    throw Error(Error::Kind::file, path.string(), "is not a regular file");
  }
  if (code || ::access(path.c_str(), R_OK) != 0) {
    throw Error(Error::Kind::file, path.string(),
                std::string("cannot be read: ") +
                    (code ? code.message() : std::string(std::strerror(errno))),
                "check its permissions");
  }
}

void require_folder(const fs::path& path) {
  std::error_code code;
  if (!fs::exists(path, code) && !code) {
    throw Error(Error::Kind::file, path.string(), "does not exist", "check the name");
  }
  if (!code && !fs::is_directory(path, code)) {
    throw Error(Error::Kind::file, path.string(), "is not a folder");
  }
  entries_of(path);
}

std::string read_bytes(const fs::path& path, std::uintmax_t limit) {
  require_readable_file(path);
  std::error_code code;
  const std::uintmax_t size = fs::file_size(path, code);
  if (code) throw Error(Error::Kind::file, path.string(), "cannot be read: " + code.message());
  if (size > limit) {
    throw Error(Error::Kind::file, path.string(),
                "has " + std::to_string(size) + " bytes, more than such a file can have",
                "check that it is the right file");
  }
  std::string bytes(size, '\0');
  std::ifstream stream(path, std::ios::binary);
  stream.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!stream) {
    throw Error(Error::Kind::file, path.string(), "cannot be read to its end",
                "check the disk, or download it again");
  }
  return bytes;
}

fs::path entry_named(const fs::path& folder, const std::string& name) {
  std::error_code code;
  const fs::path exact = folder / name;
  if (fs::exists(exact, code) || !is_folder(folder)) return exact;
  fs::directory_iterator iterator(folder, code);
  fs::path found = exact;
  int looked_at = 0;
  constexpr int most = 20000;  // no folder of a dataset's parts has more
  for (; looked_at++ < most && !code && iterator != fs::directory_iterator(); iterator.increment(code)) {
    const fs::path entry = iterator->path();
    const bool same = std::ranges::equal(
        entry.filename().string(), name, {}, [](unsigned char c) { return std::tolower(c); },
        [](unsigned char c) { return std::tolower(c); });
    // Of several the first by name, so that the order of the folder does not matter.
    if (same && (found == exact || entry < found)) found = entry;
  }
  return found;
}

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::error_code code;
  std::vector<fs::path> entries;
  fs::directory_iterator iterator(folder, code);
  for (; !code && iterator != fs::directory_iterator(); iterator.increment(code)) {
    if (!is_companion(iterator->path())) entries.push_back(iterator->path());
  }
  if (code) {
    throw Error(Error::Kind::file, folder.string(), "cannot be listed: " + code.message(),
                "check its permissions");
  }
  std::ranges::sort(entries);
  return entries;
}

}  // namespace paralif
