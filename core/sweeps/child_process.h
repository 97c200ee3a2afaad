// A program started beside this one: told to end, waited for, never left a zombie.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paralif {

class ChildProcess {
 public:
  /// Starts `words[0]`, a path, with the others as arguments and `environment` ("NAME=value")
  /// beside this program's own. Its output goes nowhere, its complaints to `complaints`. It is the
  /// leader of its own group, so that Ctrl+C reaches it through its owner only. Throws Error(file).
  ChildProcess(const std::vector<std::string>& words, const std::vector<std::string>& environment,
               const std::filesystem::path& complaints);
  ~ChildProcess();  ///< kills it if it runs, and waits
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Its exit status, or 128 and the signal that ended it; nothing while it runs.
  std::optional<int> poll();
  void terminate();  ///< SIGTERM: it leaves a checkpoint
  void kill();

 private:
  pid_t process_ = -1;
  std::optional<int> status_;
};

struct CommandResult {
  int status = -1;  ///< as ChildProcess::poll(); 127: there is no such program
  std::string output;
  std::string errors;
};

/// Runs a program of PATH to its end, without a shell, and returns what it printed, at most 16 MiB
/// of each. Throws Error(file) when it cannot be started for another reason than its absence.
CommandResult run_command(const std::vector<std::string>& words);

/// The `paralif` program: beside the running one, or in its sibling folder, or on PATH. Throws
/// Error(file) where there is none.
std::filesystem::path paralif_program();

}  // namespace paralif
