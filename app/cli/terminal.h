// What a command may do with the terminal: a line that is drawn again, and Ctrl+C.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <optional>
#include <string>

#include "core/kernels/interruption.h"

namespace paralif::cli {

/// One line that shows progress in place. Without a terminal it prints nothing.
class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const std::string& text);  ///< cut to the terminal's width
  void clear();
  [[nodiscard]] bool in_terminal() const { return terminal_; }

 private:
  bool terminal_;
  bool shown_ = false;
};

/// "3 min 05 s".
std::string duration(double seconds);

/// "[######....]" for a share of 0..1.
std::string bar(double share, int width);

/// Counts Ctrl+C, SIGTERM and SIGHUP while it lives, instead of ending the program. Signals that
/// were ignored, as under nohup, stay so. A pipe that nobody reads any more counts like them.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  [[nodiscard]] static int count();
  /// The exit status of a command that ended by one, as a shell has it: 130 for Ctrl+C, 143 for
  /// SIGTERM, 129 when the terminal was closed, 141 for a closed pipe.
  [[nodiscard]] static int status();
  /// To be told by the output. Without a guard it ends the program.
  static void pipe_closed();
};

/// The result of `work`, which shows its progress in `line` and throws Interrupted where
/// InterruptGuard counts a signal; nothing, said on stderr, when it did.
template <typename Work>
auto unless_interrupted(ProgressLine& line, Work&& work) -> std::optional<decltype(work())> {
  try {
    std::optional<decltype(work())> result = work();
    return result;
  } catch (const Interrupted&) {
    line.clear();
    fmt::print(stderr, "paralif: interrupted; nothing was written\n");
    return std::nullopt;
  }
}

}  // namespace paralif::cli
