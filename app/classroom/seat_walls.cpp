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

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <list>
#include <string>
#include <utility>

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
class Kept {
 public:
  explicit Kept(fs::path path)
      : path_(std::move(path)), descriptor_(::open(path_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {}
  ~Kept() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;

  void put_back() const {
    std::error_code code;
    fs::create_directories(path_, code);
    const std::string source = fmt::format("/proc/self/fd/{}", descriptor_);
    if (::mount(source.c_str(), path_.c_str(), nullptr, MS_BIND | MS_REC, nullptr) != 0) {
      no_walls(path_.c_str());
    }
  }
  [[nodiscard]] bool is_there() const { return descriptor_ >= 0; }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
  int descriptor_;
};

void set_read_only(const fs::path& path, bool read_only) {
  mount_attr attributes{};
  (read_only ? attributes.attr_set : attributes.attr_clr) = MOUNT_ATTR_RDONLY;
  const unsigned flags = read_only ? AT_RECURSIVE : 0;
  if (::mount_setattr(AT_FDCWD, path.c_str(), flags, &attributes, sizeof attributes) != 0) {
    no_walls(path.c_str());
  }
}

void hide(const fs::path& folder) {
  std::error_code code;
  if (!fs::is_directory(folder, code)) return;
  if (::mount("tmpfs", folder.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "mode=0700,size=64m") != 0) {
    no_walls(folder.c_str());
  }
}

void hide_folders(const SeatWalls& walls) {
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) no_walls("mounts");
  set_read_only("/", true);
  const Kept own(walls.own);
  std::list<Kept> shown;
  for (const fs::path& path : walls.shown) shown.emplace_back(path);
  for (const fs::path& folder : walls.hidden) hide(folder);
  for (const Kept& one : shown) {
    const auto covers = [&](const fs::path& folder) { return lies_in(one.path(), folder); };
    if (one.is_there() && std::ranges::any_of(walls.hidden, covers)) one.put_back();
  }
  hide(walls.own.parent_path());  // what is shown may have brought the other seats with it
  own.put_back();
  set_read_only(walls.own, false);
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
