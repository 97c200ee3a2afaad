#include "app/classroom/classroom.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <mutex>
#include <set>
#include <thread>

#include "app/classroom/pages.h"
#include "app/classroom/seat_keeper.h"
#include "app/classroom/teacher_server.h"
#include "core/sweeps/child_process.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto farewell = std::chrono::seconds(8);
constexpr auto at_once = std::chrono::seconds(2);
constexpr auto beginning = std::chrono::seconds(5);
constexpr auto after_trouble = std::chrono::seconds(5);

struct Keeper {
  ChildProcess process;
  Clock::time_point begun;
};

/// A folder of this user alone, where seats do not see it, with a short name: a socket's may have no
/// more than 107 bytes.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = "/tmp/paralif-class-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw Error(Error::Kind::file, name, "cannot be made");
    path_ = name;
    fs::create_directories(path_ / "sockets");
    fs::create_directories(path_ / "plans");
    fs::create_directories(path_ / "logs");
  }
  ~ScratchFolder() {
    std::error_code code;
    fs::remove_all(path_, code);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// Held while it lives, and let go by the system when the process ends.
class FileLock {
 public:
  explicit FileLock(const fs::path& file) : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    if (descriptor_ >= 0) ::close(descriptor_);
    throw Error(Error::Kind::file, file.parent_path().string(), "is the folder of a class that goes on, or cannot be written",
                "end that class, or choose another --folder");
  }
  ~FileLock() { ::close(descriptor_); }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_;
};

/// The first address of this machine that others reach, or its loopback.
std::string own_address() {
  ifaddrs* all = nullptr;
  std::string found = "127.0.0.1";
  if (::getifaddrs(&all) != 0) return found;
  for (const ifaddrs* one = all; one != nullptr; one = one->ifa_next) {
    const bool usable = one->ifa_addr != nullptr && one->ifa_addr->sa_family == AF_INET &&
                        (one->ifa_flags & IFF_UP) != 0 && (one->ifa_flags & IFF_LOOPBACK) == 0;
    if (!usable) continue;
    char text[INET_ADDRSTRLEN] = {};
    const auto* address = reinterpret_cast<const sockaddr_in*>(one->ifa_addr);
    ::inet_ntop(AF_INET, &address->sin_addr, text, sizeof text);
    found = text;
    break;
  }
  ::freeifaddrs(all);
  return found;
}

std::string name_in_links(const ClassroomPlan& plan) {
  if (!plan.name.empty()) return plan.name;
  return plan.host == "0.0.0.0" ? own_address() : plan.host;
}

/// Beside the studio, as a bundle has it, or where Debian puts it.
void require_vnc_platform() {
  const fs::path plugin = "platforms/libqvnc.so";
  std::error_code code;
  if (fs::exists(studio_program().parent_path().parent_path() / "plugins" / plugin, code)) return;
  for (fs::directory_iterator at("/usr/lib", code), end; !code && at != end; at.increment(code)) {
    std::error_code other;
    if (fs::exists(at->path() / "qt6/plugins" / plugin, other)) return;
  }
  throw Error(Error::Kind::setting, "classroom", "Qt's VNC platform is missing",
              "install it: apt-get install qt6-qpa-plugins");
}

std::vector<fs::path> hidden_folders(const ClassroomPlan& plan) {
  std::vector<fs::path> folders{"/tmp", "/var/tmp", "/run/user"};
  std::error_code code;
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
    folders.push_back(fs::canonical(home, code));
  }
  folders.push_back(plan.folder);
  return folders;
}

/// A folder that seats see must not bring what is hidden with it. Throws Error(setting).
void refuse_to_show(const fs::path& shown, const std::vector<fs::path>& hidden) {
  for (const fs::path& folder : hidden) {
    const fs::path below = folder.lexically_relative(shown);
    if (below.empty() || *below.begin() == "..") continue;
    throw Error(Error::Kind::setting, "--data-dir", fmt::format("{} would show {} to every seat", shown.string(), folder.string()),
                "choose a folder with nothing but datasets in it");
  }
}

SeatPlan plan_of(const ClassroomPlan& plan, const Seat& seat, const fs::path& scratch) {
  SeatPlan one;
  one.walls.own = seat.folder;
  one.walls.hidden = hidden_folders(plan);
  one.walls.memory = plan.memory;
  one.walls.cores = plan.cores;
  one.walls.first_core = (seat.number - 1) * plan.cores;
  one.studio = studio_program();
  for (const char* part : {"bin", "lib", "libexec", "plugins"}) {
    one.walls.shown.push_back(one.studio.parent_path().parent_path() / part);
  }
  one.log = scratch / "logs" / fmt::format("studio-{}.log", seat.number);
  std::error_code code;
  if (fs::is_directory(plan.data, code)) one.walls.shown.push_back(plan.data);
  one.walled = plan.walled;
  one.socket = socket_of(seat, scratch);
  one.port = static_cast<std::uint16_t>(plan.walled ? 5900 : 5900 + seat.number);
  one.size = plan.size;
  one.open = plan.open;
  if (plan.open.find('/') != std::string::npos) {  // within the walls there is the seat's folder alone
    const fs::path copy = seat.folder / "inbox" / fs::path(plan.open).filename();
    write_file(copy, read_file(plan.open));
    one.open = copy.string();
  }
  return one;
}

}  // namespace

struct Classroom::Impl {
  ClassroomPlan plan;
  std::vector<Seat> seats;
  std::string base;           ///< of links to seats
  std::string teacher_token = new_token();
  ScratchFolder scratch;
  Clock::time_point begun = Clock::now();
  std::unique_ptr<FileLock> lock;  ///< one class in a folder
  std::vector<Keeper> keepers;     ///< one a seat
  std::optional<WebGate> gate;
  std::unique_ptr<TeacherServer> teacher;
  std::mutex mutex;
  std::set<int> to_restart;   ///< numbers of seats; under the mutex

  Keeper start_keeper(const Seat& seat) const {
    // One that ended could not remove it from behind its walls.
    std::error_code code;
    fs::remove(socket_of(seat, scratch.path()), code);
    return {{{paralif_program().string(), "classroom-seat",
              (scratch.path() / "plans" / fmt::format("{}.json", seat.number)).string()},
             {"PARALIF_DATA=" + plan.data.string()},
             log_of(seat)},
            Clock::now()};
  }
  [[nodiscard]] fs::path log_of(const Seat& seat) const {
    return scratch.path() / "logs" / fmt::format("keeper-{}.log", seat.number);
  }

  void end_keepers() {
    for (Keeper& keeper : keepers) keeper.process.terminate();
    const auto told = Clock::now();
    for (Keeper& keeper : keepers) {
      while (!keeper.process.poll() && Clock::now() - told < farewell) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      }
    }
    keepers.clear();
  }
};

Classroom::Classroom(ClassroomPlan plan) : impl_(new Impl) {
  Impl& its = *impl_;
  its.plan = std::move(plan);
  its.plan.folder = fs::absolute(its.plan.folder).lexically_normal();
  its.plan.data = fs::absolute(its.plan.data).lexically_normal();
  require_vnc_platform();
  fs::create_directories(its.plan.folder);
  its.plan.folder = fs::canonical(its.plan.folder);
  std::error_code code;
  if (fs::is_directory(its.plan.data, code)) {
    its.plan.data = fs::canonical(its.plan.data);
    if (its.plan.walled) refuse_to_show(its.plan.data, hidden_folders(its.plan));
  }
  its.lock = std::make_unique<FileLock>(its.plan.folder / "lock");
  its.seats = prepare_seats(its.plan.folder, its.plan.seats, its.plan.new_links);
  const std::string scheme = its.plan.tls.given() ? "https" : "http";
  its.base = fmt::format("{}://{}:{}", scheme, name_in_links(its.plan), its.plan.port);
  its.gate.emplace(its.seats, its.scratch.path(), its.plan.host, its.plan.port, its.plan.tls);
  its.teacher = std::make_unique<TeacherServer>(
      its.seats, TeacherServer::Place{its.plan.host, its.plan.teacher_port, its.teacher_token, its.plan.tls, its.base},
      [&its](int seat) {
        const std::scoped_lock lock(its.mutex);
        its.to_restart.insert(seat);
      });
  write_file(sheet(), sheet_page(its.seats, its.base));
  for (const Seat& seat : its.seats) {
    save_seat_plan(plan_of(its.plan, seat, its.scratch.path()),
                   its.scratch.path() / "plans" / fmt::format("{}.json", seat.number));
    its.keepers.push_back(its.start_keeper(seat));
  }
}

Classroom::~Classroom() { impl_->end_keepers(); }

const std::vector<Seat>& Classroom::seats() const { return impl_->seats; }

std::string Classroom::link_of(const Seat& seat) const { return fmt::format("{}/{}/", impl_->base, seat.token); }

std::string Classroom::teacher_link() const {
  return fmt::format("{}://{}:{}/{}/", impl_->plan.tls.given() ? "https" : "http", name_in_links(impl_->plan),
                     impl_->plan.teacher_port, impl_->teacher_token);
}

fs::path Classroom::sheet() const { return impl_->plan.folder / "sheet.html"; }

void Classroom::look_after() {
  Impl& its = *impl_;
  if (const auto problem = its.gate->problem()) {
    throw Error(Error::Kind::setting, "classroom", "websockify has ended: " + *problem);
  }
  std::set<int> wanted;
  {
    const std::scoped_lock lock(its.mutex);
    wanted.swap(its.to_restart);
  }
  for (const int number : wanted) its.keepers[static_cast<std::size_t>(number - 1)].process.terminate();
  for (std::size_t i = 0; i < its.keepers.size(); ++i) {
    Keeper& keeper = its.keepers[i];
    const std::optional<int> status = keeper.process.poll();
    if (!status) continue;
    // What fails at once in the beginning would fail again, and for every seat. Later, one seat's
    // trouble is its own: it begins anew, after a while.
    const auto lived = Clock::now() - keeper.begun;
    if (*status != 0 && lived < at_once && Clock::now() - its.begun < beginning) {
      throw Error(Error::Kind::setting, fmt::format("seat {}", i + 1),
                  "cannot be opened: " + printable(read_file(its.log_of(its.seats[i]))));
    }
    if (*status != 0 && lived < after_trouble) continue;
    keeper = its.start_keeper(its.seats[i]);
  }
}

fs::path studio_program() {
  fs::path beside = paralif_program().parent_path() / "paralif-studio";
  if (::access(beside.c_str(), X_OK) == 0) return beside;
  throw Error(Error::Kind::file, beside.string(), "is missing", "install paralif-studio beside paralif");
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

}  // namespace paralif
