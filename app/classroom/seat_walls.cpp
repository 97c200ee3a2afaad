#include "app/classroom/seat_walls.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "datasets/error.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void no_walls(const char* what) {
  throw Error(Error::Kind::setting, "classroom",
              fmt::format("seats cannot be kept apart: {}: {}", what, std::strerror(errno)),
              "allow user namespaces (sysctl kernel.unprivileged_userns_clone=1), or see "
              "--without-walls");
}

void write_line(const char* file, const std::string& line) {
  std::ofstream out(file);
  if (!(out << line << std::flush)) no_walls(file);
}

/// The same user inside as outside, so that files keep their owner.
void enter_user_namespace() {
  const auto user = ::geteuid();
  const auto group = ::getegid();
  if (::unshare(CLONE_NEWUSER) != 0) no_walls("user namespace");
  write_line("/proc/self/setgroups", "deny");
  write_line("/proc/self/uid_map", fmt::format("{0} {0} 1", user));
  write_line("/proc/self/gid_map", fmt::format("{0} {0} 1", group));
}

void raise_loopback() {
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ifreq request{};
  std::strncpy(request.ifr_name, "lo", sizeof request.ifr_name - 1);
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  const bool good = socket >= 0 && ::ioctl(socket, SIOCSIFFLAGS, &request) == 0;
  if (socket >= 0) ::close(socket);
  if (!good) no_walls("loopback");
}

bool lies_in(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

/// A folder held open, to be mounted where it was once the folder above it has been hidden.
struct Kept {
  fs::path path;
  int descriptor;
  bool writable;
};

void put_back(const Kept& kept) {
  std::error_code code;
  fs::create_directories(kept.path, code);
  const std::string source = fmt::format("/proc/self/fd/{}", kept.descriptor);
  if (::mount(source.c_str(), kept.path.c_str(), nullptr, MS_BIND | MS_REC, nullptr) != 0) {
    no_walls(kept.path.c_str());
  }
  if (kept.writable) return;
  // Where the kernel refuses this (flags of a mount it locked), the folder's own permissions hold.
  ::mount(nullptr, kept.path.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr);
}

void hide_folders(const SeatWalls& walls) {
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) no_walls("mounts");
  std::vector<Kept> kept;
  const auto keep = [&](const fs::path& path, bool writable) {
    const int descriptor = ::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) kept.push_back({path, descriptor, writable});
  };
  for (const fs::path& path : walls.shown) keep(path, false);
  keep(walls.own, true);
  for (const fs::path& folder : walls.hidden) {
    std::error_code code;
    if (!fs::is_directory(folder, code)) continue;
    if (::mount("tmpfs", folder.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "mode=0700") != 0) {
      no_walls(folder.c_str());
    }
  }
  for (const Kept& one : kept) {
    for (const fs::path& folder : walls.hidden) {
      if (!lies_in(one.path, folder)) continue;
      put_back(one);
      break;
    }
    ::close(one.descriptor);
  }
}

}  // namespace

void raise_walls(const SeatWalls& walls) {
  if (::geteuid() != 0) enter_user_namespace();
  if (::unshare(CLONE_NEWNET) != 0) no_walls("network namespace");
  raise_loopback();
  if (::unshare(CLONE_NEWNS) != 0) no_walls("mount namespace");
  hide_folders(walls);
}

void limit_share(const SeatWalls& walls) {
  if (walls.memory > 0) {
    const rlimit limit{static_cast<rlim_t>(walls.memory), static_cast<rlim_t>(walls.memory)};
    ::setrlimit(RLIMIT_DATA, &limit);
  }
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  if (walls.cores <= 0) return;
  cpu_set_t there;
  cpu_set_t taken;
  CPU_ZERO(&taken);
  if (::sched_getaffinity(0, sizeof there, &there) != 0) return;
  std::vector<int> cores;
  for (int core = 0; core < CPU_SETSIZE; ++core) {
    if (CPU_ISSET(core, &there)) cores.push_back(core);
  }
  for (int i = 0; i < walls.cores && i < static_cast<int>(cores.size()); ++i) {
    CPU_SET(cores[static_cast<std::size_t>(walls.first_core + i) % cores.size()], &taken);
  }
  ::sched_setaffinity(0, sizeof taken, &taken);
}

}  // namespace paralif
