#include "core/session/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/session/run_files.h"
#include "datasets/error.h"

namespace paralif {

RunLock::RunLock(const std::filesystem::path& folder) {
  const auto path = folder / run_files::lock;
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0) {
    throw Error(Error::Kind::file, path.string(),
                std::string("cannot write: ") + std::strerror(errno),
                "check the permissions of its folder");
  }
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    ::close(file_);
    throw Error(Error::Kind::file, folder.string(), "this run is being trained by another session",
                "wait for it or stop it");
  }
}

RunLock::~RunLock() {
  ::close(file_);
}

bool RunLock::is_held(const std::filesystem::path& folder) {
  const int file = ::open((folder / run_files::lock).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool held = ::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(file);
  return held;
}

}  // namespace paralif
