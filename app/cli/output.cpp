#include "app/cli/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"

namespace paralif::cli {
namespace {

std::atomic<bool> lost{false};
bool absent = false;  // standard output was closed from the beginning

/// Writes all it can, and claims to have written all: nothing above may fail because of it.
ssize_t write_lasting(void* cookie, const char* bytes, std::size_t size) {
  const int file = static_cast<int>(reinterpret_cast<std::intptr_t>(cookie));
  std::size_t done = 0;
  while (done < size) {
    const ssize_t written = ::write(file, bytes + done, size - done);
    if (written >= 0) {
      done += static_cast<std::size_t>(written);
    } else if (errno != EINTR) {
      if (errno == EPIPE) InterruptGuard::pipe_closed();
      break;
    }
  }
  if (file == STDOUT_FILENO && (done < size || absent)) lost = true;
  return static_cast<ssize_t>(size);
}

std::FILE* lasting(int file, int mode) {
  cookie_io_functions_t functions{};
  functions.write = write_lasting;
  std::FILE* stream =
      ::fopencookie(reinterpret_cast<void*>(static_cast<std::intptr_t>(file)), "w", functions);
  if (stream != nullptr) std::setvbuf(stream, nullptr, mode, BUFSIZ);
  return stream;
}

}  // namespace

void use_lasting_output() {
  for (int file = 0; file <= STDERR_FILENO; ++file) {
    if (::fcntl(file, F_GETFD) >= 0 || errno != EBADF) continue;
    if (file == STDOUT_FILENO) absent = true;
    // The lowest free descriptor is this one.
    if (::open("/dev/null", file == 0 ? O_RDONLY : O_WRONLY) < 0) return;
  }
  std::signal(SIGPIPE, SIG_IGN);  // a write says so too
  const bool terminal = ::isatty(STDOUT_FILENO) != 0;
  if (std::FILE* out = lasting(STDOUT_FILENO, terminal ? _IOLBF : _IOFBF)) stdout = out;
  if (std::FILE* error = lasting(STDERR_FILENO, _IONBF)) stderr = error;
}

bool output_was_lost() { return lost; }

void flush_output() {
  std::fflush(stdout);
  std::fflush(stderr);
}

int status_after_output(int status) {
  flush_output();
  if (!output_was_lost()) return status;
  fmt::print(stderr, "paralif: standard output: cannot be written; check the free space\n");
  return status == success ? failure : status;
}

}  // namespace paralif::cli
