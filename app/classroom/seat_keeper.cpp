#include "app/classroom/seat_keeper.h"

#include <fmt/format.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <optional>

#include "app/classroom/vnc_relay.h"
#include "core/sweeps/child_process.h"
#include "core/values/json_document.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
namespace {

volatile std::sig_atomic_t told_to_end = 0;

void note_end(int) { told_to_end = 1; }

constexpr int carry_ms = 200;
/// A studio that ends sooner than this is not begun again at once.
constexpr auto short_life = std::chrono::seconds(5);
constexpr auto pause_after_short_life = std::chrono::seconds(5);
constexpr auto farewell = std::chrono::seconds(5);

void listen_for_the_end() {
  struct sigaction action {};
  action.sa_handler = note_end;  // no SA_RESTART: what waits shall wake
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) ::sigaction(signal, &action, nullptr);
}

/// What a studio left running, such as the processes of a sweep: as their subreaper this process has
/// become their parent.
void end_children() {
  for (int round = 0; round < 100; ++round) {
    std::ifstream list(fmt::format("/proc/self/task/{}/children", ::getpid()));
    pid_t child = 0;
    bool any = false;
    while (list >> child) {
      any = true;
      ::kill(child, SIGKILL);
      ::waitpid(child, nullptr, 0);
    }
    if (!any) return;
  }
}

std::vector<std::string> environment_of(const SeatPlan& plan) {
  const std::string home = plan.walls.own.string();
  const std::string runtime = home + "/.runtime";
  std::error_code code;
  fs::create_directories(runtime, code);
  fs::permissions(runtime, fs::perms::owner_all, code);
  return {"HOME=" + home,
          "XDG_CONFIG_HOME=" + home + "/.config",
          "XDG_DATA_HOME=" + home + "/.local/share",
          "XDG_CACHE_HOME=" + home + "/.cache",
          "XDG_RUNTIME_DIR=" + runtime,
          "PARALIF_RUNS=" + home + "/.local/share/paralif/runs",
          // Nothing of the desktop that the class was started from.
          "DBUS_SESSION_BUS_ADDRESS=disabled:",
          "DISPLAY=",
          "WAYLAND_DISPLAY=",
          "QT_QPA_PLATFORMTHEME=",
          "QT_STYLE_OVERRIDE=",
          "QT_SCALE_FACTOR=1",
          // Without a desktop's theme Qt writes at 12 points; this is the size that a desktop has.
          "QT_FONT_DPI=72",
          "QT_QPA_PLATFORM=" + fmt::format("vnc:size={}:port={}", plan.size, plan.port)};
}

/// `log` is a file of /proc that leads to the open one, which the walls have hidden.
ChildProcess start_studio(const SeatPlan& plan, bool first, const fs::path& log) {
  // setpriv sees to it that the studio ends with this process, however that ends.
  std::vector<std::string> words{"/usr/bin/setpriv", "--pdeathsig", "TERM", plan.studio.string(),
                                 "--size", plan.size, "--inbox", (plan.walls.own / "inbox").string()};
  if (first && !plan.open.empty()) {
    if (plan.open.find('/') == std::string::npos) words.emplace_back("--preset");
    words.push_back(plan.open);
  }
  return {words, environment_of(plan), log};
}

}  // namespace

void save_seat_plan(const SeatPlan& plan, const fs::path& file) {
  nlohmann::json json{{"own", plan.walls.own.string()}, {"memory", plan.walls.memory},
                      {"cores", plan.walls.cores},      {"first_core", plan.walls.first_core},
                      {"walled", plan.walled},          {"socket", plan.socket.string()},
                      {"studio", plan.studio.string()}, {"log", plan.log.string()},
                      {"port", plan.port},
                      {"size", plan.size},              {"open", plan.open}};
  for (const fs::path& path : plan.walls.hidden) json["hidden"].push_back(path.string());
  for (const fs::path& path : plan.walls.shown) json["shown"].push_back(path.string());
  write_file(file, json.dump(2) + "\n");
}

SeatPlan load_seat_plan(const fs::path& file) {
  const nlohmann::json json = read_json(file);
  try {
    SeatPlan plan;
    plan.walls.own = json.at("own").get<std::string>();
    plan.walls.memory = json.at("memory").get<std::int64_t>();
    plan.walls.cores = json.at("cores").get<int>();
    plan.walls.first_core = json.at("first_core").get<int>();
    for (const auto& path : json.value("hidden", std::vector<std::string>())) plan.walls.hidden.emplace_back(path);
    for (const auto& path : json.value("shown", std::vector<std::string>())) plan.walls.shown.emplace_back(path);
    plan.walled = json.at("walled").get<bool>();
    plan.socket = json.at("socket").get<std::string>();
    plan.studio = json.at("studio").get<std::string>();
    plan.log = json.at("log").get<std::string>();
    plan.port = json.at("port").get<std::uint16_t>();
    plan.size = json.at("size").get<std::string>();
    plan.open = json.at("open").get<std::string>();
    return plan;
  } catch (const nlohmann::json::exception&) {
    throw Error(Error::Kind::file, file.string(), "is not the plan of a seat");
  }
}

void keep_seat(const SeatPlan& plan) {
  ::close_range(3, ~0U, 0);  // what the class had open
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  listen_for_the_end();
  VncRelay relay(plan.socket);
  const int log = ::open(plan.log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (log < 0) throw Error(Error::Kind::file, plan.log.string(), "cannot be written");
  const fs::path open_log = fmt::format("/proc/{}/fd/{}", ::getpid(), log);
  if (plan.walled) raise_walls(plan.walls);
  limit_share(plan.walls);
  fs::current_path(plan.walls.own);  // where dialogs begin
  bool first = true;
  while (!told_to_end) {
    const auto begun = Clock::now();
    {
      ChildProcess studio = start_studio(plan, first, open_log);
      first = false;
      while (!told_to_end && !studio.poll()) relay.carry(plan.port, carry_ms);
      studio.terminate();
      for (const auto now = Clock::now(); !studio.poll() && Clock::now() - now < farewell;) {
        ::usleep(20'000);
      }
    }
    end_children();
    if (told_to_end) return;
    if (Clock::now() - begun > short_life) continue;
    for (const auto now = Clock::now(); !told_to_end && Clock::now() - now < pause_after_short_life;) {
      relay.carry(plan.port, carry_ms);
    }
  }
}

}  // namespace paralif
