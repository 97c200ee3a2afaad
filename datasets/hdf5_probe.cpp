#include "datasets/hdf5_probe.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <new>
#include <thread>

#include "datasets/error.h"
#include "datasets/hdf5_lock.h"

namespace paralif {
namespace {

constexpr auto patience = std::chrono::seconds(20);

[[noreturn]] void try_and_end(const std::function<void()>& read) {
  // The lock belongs to the thread that was copied, which has another number here.
  new (&hdf5_mutex()) std::recursive_mutex;
  // Whatever catches signals in this program is not to speak of this one's.
  for (const int number : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) ::signal(number, SIG_DFL);
  const int nowhere = ::open("/dev/null", O_WRONLY);
  if (nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
  try {
    read();
  } catch (...) {
    // A sentence: the caller's own reading says it.
  }
  ::_exit(0);
}

}  // namespace

void require_survivable(const std::filesystem::path& path, const std::function<void()>& read) {
  int code = 0;
  bool ended = false;
  {
    const Hdf5Lock lock(hdf5_mutex());  // no other thread is inside the library when its state is copied
    const pid_t child = ::fork();
    if (child == 0) try_and_end(read);
    if (child < 0) return;  // no process to be had: the reading has to do
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!ended && std::chrono::steady_clock::now() < until) {
      const pid_t found = ::waitpid(child, &code, WNOHANG);
      if (found < 0 && errno != EINTR) return;
      ended = found == child;
      if (!ended) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (!ended) {
      ::kill(child, SIGKILL);
      ::waitpid(child, &code, 0);
    }
  }
  if (ended && !WIFSIGNALED(code)) return;
  throw Error(Error::Kind::file, path.string(), "is damaged: the HDF5 library cannot read its texts",
              "get the file again");
}

}  // namespace paralif
