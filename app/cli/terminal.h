// What a command may do with the terminal: a line that is drawn again, and Ctrl+C.
#pragma once

#include <string>

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

/// Counts Ctrl+C and SIGTERM while it lives, instead of ending the program.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  [[nodiscard]] static int count();
};

}  // namespace paralif::cli
