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

constexpr std::uintmax_t largest_file = std::uintmax_t{1} << 30;

[[noreturn]] void cannot_write(const fs::path& path, int code) {
  throw Error(Error::Kind::file, path.string(), std::string("cannot write: ") + std::strerror(code),
              "check the free space and the permissions of its folder");
}

/// Waits until the bytes are on the disk, so that the rename never gets ahead of them.
void flush_to_disk(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) cannot_write(final_path(path), errno);
  const int result = ::fsync(file);
  const int code = errno;
  ::close(file);
  if (result != 0 && code != EINVAL && code != EROFS) cannot_write(final_path(path), code);
}

constexpr const char* part_mark = ".part";

/// Where links lead to; the path itself where it is none.
fs::path target_of(const fs::path& path) {
  std::error_code code;
  fs::path target = path;
  for (int links = 0; links < 40 && fs::is_symlink(target, code); ++links) {
    const fs::path next = fs::read_symlink(target, code);
    if (code) break;
    target = next.is_absolute() ? next : target.parent_path() / next;
  }
  return target;
}

/// Pipes and devices cannot be replaced, only written to.
void copy_into(const fs::path& from, const fs::path& device) {
  const std::string bytes = read_file(from);
  const int file = ::open(device.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) cannot_write(device, errno);
  std::size_t done = 0;
  int code = 0;
  while (done < bytes.size() && code == 0) {
    const ssize_t written = ::write(file, bytes.data() + done, bytes.size() - done);
    if (written > 0) done += static_cast<std::size_t>(written);
    if (written < 0 && errno != EINTR) code = errno;
  }
  if (::close(file) != 0 && code == 0) code = errno;
  if (code != 0) cannot_write(device, code);
}

}  // namespace

fs::path final_path(const fs::path& aside) {
  const std::string name = aside.string();
  const std::size_t mark = name.rfind(part_mark);
  const bool ours =
      mark != std::string::npos &&
      name.find_first_not_of("0123456789", mark + std::strlen(part_mark)) == std::string::npos;
  return ours ? fs::path(name.substr(0, mark)) : aside;
}

void replace_file(const fs::path& path, const std::function<void(const fs::path&)>& write) {
  const fs::path target = target_of(path);
  std::error_code status;
  const bool special = fs::exists(target, status) && !fs::is_regular_file(target, status) &&
                       !fs::is_directory(target, status);
  fs::path aside = special ? fs::temp_directory_path() / target.filename() : target;
  aside += part_mark + std::to_string(::getpid());
  try {
    write(aside);
    if (special) {
      copy_into(aside, target);
      fs::remove(aside);
      return;
    }
    flush_to_disk(aside);
    std::error_code code;
    fs::rename(aside, target, code);
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
  if (fs::exists(path, code) && !fs::is_regular_file(path, code)) {
    throw Error(Error::Kind::file, path.string(), "is not a regular file");
  }
  if (const auto size = fs::file_size(path, code); !code && size > largest_file) {
    throw Error(Error::Kind::file, path.string(),
                "has " + std::to_string(size) + " bytes, more than such a file can have",
                "check that it is the right file");
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
