#include "datasets/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "datasets/error.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void cannot_write(const fs::path& path, int code) {
  throw Error(Error::Kind::file, path.string(), std::string("cannot write: ") + std::strerror(code),
              "check the free space and the permissions of its folder");
}

/// Waits until the bytes are on the disk, so that the rename never gets ahead of them.
void flush_to_disk(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) cannot_write(path, errno);
  const int result = ::fsync(file);
  const int code = errno;
  ::close(file);
  if (result != 0 && code != EINVAL && code != EROFS) cannot_write(path, code);
}

}  // namespace

void replace_file(const fs::path& path, const std::function<void(const fs::path&)>& write) {
  fs::path aside = path;
  aside += ".part" + std::to_string(::getpid());
  try {
    write(aside);
    flush_to_disk(aside);
    std::error_code code;
    fs::rename(aside, path, code);
    if (code) cannot_write(path, code.value());
  } catch (...) {
    std::error_code ignored;
    fs::remove(aside, ignored);
    throw;
  }
}

void write_file(const fs::path& path, std::string_view bytes) {
  replace_file(path, [&](const fs::path& aside) {
    errno = 0;
    std::ofstream stream(aside, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (!stream) cannot_write(path, errno != 0 ? errno : EIO);
  });
}

std::string read_file(const fs::path& path) {
  std::error_code code;
  if (fs::is_directory(path, code)) {
    throw Error(Error::Kind::file, path.string(), "is a folder, not a file");
  }
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  if (stream) text << stream.rdbuf();
  if (!stream) {
    throw Error(Error::Kind::file, path.string(),
                std::string("cannot read: ") + std::strerror(errno != 0 ? errno : EIO),
                "check the name and the permissions");
  }
  return std::move(text).str();
}

}  // namespace paralif
