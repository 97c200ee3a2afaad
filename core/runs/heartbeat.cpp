#include "core/runs/heartbeat.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <optional>
#include <utility>

#include "core/runs/run_files.h"
#include "datasets/atomic_file.h"

namespace paralif {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_bytes = 4096;  // of a name; what is longer is none of ours

std::string this_machine() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "unknown";
  return name.data();
}

/// What the folder's own file system has for the time now, whose clock may be another than this
/// machine's; nothing where no file can be made there.
std::optional<timespec> time_there(const fs::path& folder) {
  std::string name = (folder / ".now-XXXXXX").string();
  const int file = ::mkstemp(name.data());
  if (file < 0) return std::nullopt;
  struct stat status {};
  const bool known = ::fstat(file, &status) == 0;
  ::close(file);
  ::unlink(name.c_str());
  if (!known) return std::nullopt;
  return status.st_mtim;
}

}  // namespace

Heartbeat::Heartbeat(fs::path folder, std::chrono::milliseconds pause)
    : file_(std::move(folder) / run_files::heartbeat), pause_(pause) {
  try {
    write_file(file_, this_machine() + "\n");
  } catch (const std::exception&) {
    return;
  }
  thread_ = std::thread([this] { beat(); });
}

Heartbeat::~Heartbeat() {
  if (!thread_.joinable()) return;
  {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
  }
  woken_.notify_all();
  thread_.join();
  std::error_code none;
  fs::remove(file_, none);
}

void Heartbeat::beat() {
  std::unique_lock lock(mutex_);
  while (!woken_.wait_for(lock, pause_, [this] { return ended_; })) {
    ::utimensat(AT_FDCWD, file_.c_str(), nullptr, 0);
  }
}

std::string Heartbeat::other_machine(const fs::path& folder) {
  const fs::path file = folder / run_files::heartbeat;
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  if (status.st_size <= 0 || static_cast<std::uintmax_t>(status.st_size) > most_bytes) return {};
  std::string machine;
  try {
    machine = read_file(file);
  } catch (const std::exception&) {
    return {};  // it has just been removed
  }
  machine = machine.substr(0, machine.find('\n'));
  if (machine == this_machine()) return {};
  timespec now{};
  if (const auto there = time_there(folder)) {
    now = *there;
  } else {
    ::clock_gettime(CLOCK_REALTIME, &now);
  }
  return now.tv_sec - status.st_mtim.tv_sec <= longest_silence.count() ? machine : std::string();
}

}  // namespace paralif
