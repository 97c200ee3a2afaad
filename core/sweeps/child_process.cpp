#include "core/sweeps/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <utility>

#include "datasets/error.h"

extern char** environ;

namespace paralif {
namespace fs = std::filesystem;
namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

/// This program's environment with `ours` in place of those of the same name.
std::vector<std::string> merged(const std::vector<std::string>& ours) {
  std::vector<std::string> all = ours;
  for (char** at = environ; *at != nullptr; ++at) {
    const std::string one = *at;
    const std::string name = one.substr(0, one.find('=') + 1);
    bool replaced = false;
    for (const std::string& own : ours) replaced = replaced || own.starts_with(name);
    if (!replaced) all.push_back(one);
  }
  return all;
}

int status_of(int code) { return WIFSIGNALED(code) ? 128 + WTERMSIG(code) : WEXITSTATUS(code); }

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& words,
                           const std::vector<std::string>& environment,
                           const fs::path& complaints) {
  std::vector<std::string> arguments = words;
  std::vector<std::string> variables = merged(environment);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, 2, complaints.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  // Signals that a window or a terminal blocks or ignores shall reach it.
  sigset_t none;
  sigset_t usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) sigaddset(&usual, number);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  const int problem = posix_spawn(&process_, arguments[0].c_str(), &files, &attributes,
                                  pointers(arguments).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (problem != 0) {
    process_ = -1;
    throw Error(Error::Kind::file, words[0],
                fmt::format("cannot be started: {}", std::strerror(problem)));
  }
}

ChildProcess::~ChildProcess() {
  if (process_ < 0 || poll()) return;
  kill();
  int code = 0;
  while (::waitpid(process_, &code, 0) < 0 && errno == EINTR) {
  }
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : process_(std::exchange(other.process_, -1)), status_(std::exchange(other.status_, std::nullopt)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(process_, other.process_);
  std::swap(status_, other.status_);
  return *this;
}

std::optional<int> ChildProcess::poll() {
  if (status_ || process_ < 0) return status_;
  int code = 0;
  const pid_t ended = ::waitpid(process_, &code, WNOHANG);
  if (ended == process_) status_ = status_of(code);
  return status_;
}

void ChildProcess::terminate() {
  if (process_ > 0 && !status_) ::kill(process_, SIGTERM);
}

void ChildProcess::kill() {
  if (process_ > 0 && !status_) ::kill(process_, SIGKILL);
}

namespace {

/// Both ends of two pipes, closed in the end.
class Pipes {
 public:
  Pipes() {
    if (::pipe2(output, O_CLOEXEC) != 0 || ::pipe2(errors, O_CLOEXEC) != 0) {
      throw Error(Error::Kind::file, "pipe", std::strerror(errno));
    }
  }
  ~Pipes() {
    for (const int end : {output[0], output[1], errors[0], errors[1]}) {
      if (end >= 0) ::close(end);
    }
  }
  Pipes(const Pipes&) = delete;
  Pipes& operator=(const Pipes&) = delete;
  void close_writers() {
    ::close(std::exchange(output[1], -1));
    ::close(std::exchange(errors[1], -1));
  }

  int output[2] = {-1, -1};
  int errors[2] = {-1, -1};
};

void read_both(const Pipes& pipes, CommandResult& result) {
  constexpr std::size_t most = 16U << 20U;
  pollfd ends[] = {{pipes.output[0], POLLIN, 0}, {pipes.errors[0], POLLIN, 0}};
  std::string* texts[] = {&result.output, &result.errors};
  int open = 2;
  char buffer[4096];
  while (open > 0 && (::poll(ends, 2, -1) >= 0 || errno == EINTR)) {
    for (int i = 0; i < 2; ++i) {
      if (ends[i].fd < 0 || ends[i].revents == 0) continue;
      const ssize_t count = ::read(ends[i].fd, buffer, sizeof buffer);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) {
        ends[i].fd = -1;
        --open;
      } else if (texts[i]->size() < most) {
        texts[i]->append(buffer, static_cast<std::size_t>(count));
      }
    }
  }
}

}  // namespace

CommandResult run_command(const std::vector<std::string>& words) {
  CommandResult result;
  std::vector<std::string> arguments = words;
  Pipes pipes;
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files, pipes.output[1], 1);
  posix_spawn_file_actions_adddup2(&files, pipes.errors[1], 2);
  pid_t process = -1;
  const int problem = posix_spawnp(&process, arguments[0].c_str(), &files, nullptr,
                                   pointers(arguments).data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (problem == ENOENT) {
    result.status = 127;
    result.errors = fmt::format("{}: there is no such program", words[0]);
    return result;
  }
  if (problem != 0) {
    throw Error(Error::Kind::file, words[0],
                fmt::format("cannot be started: {}", std::strerror(problem)));
  }
  pipes.close_writers();
  read_both(pipes, result);
  int code = 0;
  while (::waitpid(process, &code, 0) < 0 && errno == EINTR) {
  }
  result.status = status_of(code);
  return result;
}

fs::path paralif_program() {
  std::error_code code;
  const fs::path own = fs::read_symlink("/proc/self/exe", code);
  std::vector<fs::path> places;
  if (const char* chosen = std::getenv("PARALIF_PROGRAM")) places.emplace_back(chosen);
  if (!code) {
    places.push_back(own.parent_path() / "paralif");
    places.push_back(own.parent_path().parent_path() / "bin" / "paralif");
  }
  if (const char* path = std::getenv("PATH")) {
    std::istringstream folders(path);
    for (std::string folder; std::getline(folders, folder, ':');) places.push_back(fs::path(folder) / "paralif");
  }
  for (const fs::path& place : places) {
    if (fs::is_regular_file(place, code) && ::access(place.c_str(), X_OK) == 0) return fs::absolute(place);
  }
  throw Error(Error::Kind::file, "paralif", "is not beside this program and not on PATH",
              "install it, or say where by PARALIF_PROGRAM");
}

}  // namespace paralif
