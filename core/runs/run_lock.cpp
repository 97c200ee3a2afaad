#include "core/runs/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/runs/run_files.h"
#include "datasets/error.h"

namespace paralif {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void not_a_file(const fs::path& path) {
  throw Error(Error::Kind::file, path.string(), "is not a regular file", "remove it");
}

/// Opens a regular file without ever waiting, as opening a pipe would; -1 when it cannot be
/// opened. Looked at before, since opening a device can have effects, and after.
int open_file(const fs::path& path, int flags) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) not_a_file(path);
  const int file = ::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0644);
  if (file >= 0 && (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode))) {
    ::close(file);
    not_a_file(path);
  }
  return file;
}

}  // namespace

RunLock::RunLock(const fs::path& folder) : path_(folder / run_files::lock) {
  file_ = open_file(path_, O_RDWR | O_CREAT);
  if (file_ < 0) {
    throw Error(Error::Kind::file, path_.string(),
                std::string("cannot write: ") + std::strerror(errno),
                "check the permissions of its folder");
  }
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(file_);
    throw Error(Error::Kind::file, folder.string(), "this run is being trained by another session",
                "wait for it or stop it");
  }
  if (const std::string machine = Heartbeat::other_machine(folder); !machine.empty()) {
    ::close(file_);
    throw Error(Error::Kind::file, folder.string(), "this run is being trained on " + machine,
                "wait for it or stop it there");
  }
  heartbeat_.emplace(folder);
}

RunLock::~RunLock() {
  heartbeat_.reset();  // before another one may begin
  ::close(file_);
}

bool RunLock::in_place() const {
  struct stat mine {};
  struct stat there {};
  return ::fstat(file_, &mine) == 0 && ::stat(path_.c_str(), &there) == 0 &&
         mine.st_dev == there.st_dev && mine.st_ino == there.st_ino;
}

bool RunLock::is_held(const fs::path& folder) {
  const int file = open_file(folder / run_files::lock, O_RDONLY);
  if (file < 0) return false;
  const bool held = ::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(file);
  return held || !Heartbeat::other_machine(folder).empty();
}

}  // namespace paralif
