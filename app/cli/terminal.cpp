#include "app/cli/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace paralif::cli {
namespace {

volatile std::sig_atomic_t interrupts = 0;
volatile std::sig_atomic_t first_signal = 0;
volatile std::sig_atomic_t guarded = 0;
constexpr int signals[] = {SIGINT, SIGTERM, SIGHUP};

int status_of(int number) {
  return 128 + number;
}

void on_interrupt(int number) {
  interrupts = interrupts + 1;
  if (first_signal == 0) first_signal = number;
  if (interrupts > 2) std::_Exit(status_of(number));  // somebody is in a hurry
}

std::size_t terminal_width() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

}  // namespace

ProgressLine::ProgressLine() : terminal_(::isatty(STDERR_FILENO) != 0) {}
ProgressLine::~ProgressLine() {
  clear();
}

void ProgressLine::show(const std::string& text) {
  if (!terminal_) return;
  fmt::print(stderr, "\r\x1b[2K{}", text.substr(0, terminal_width() - 1));
  std::fflush(stderr);
  shown_ = true;
}

void ProgressLine::clear() {
  if (!shown_) return;
  fmt::print(stderr, "\r\x1b[2K");
  std::fflush(stderr);
  shown_ = false;
}

std::string duration(double seconds) {
  const auto whole = static_cast<long long>(std::lround(std::max(0.0, seconds)));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

std::string bar(double share, int width) {
  const int full = static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * width));
  return fmt::format("[{}{}]", std::string(static_cast<std::size_t>(full), '#'),
                     std::string(static_cast<std::size_t>(width - full), '.'));
}

InterruptGuard::InterruptGuard() {
  interrupts = 0;
  first_signal = 0;
  guarded = 1;
  for (const int number : signals) {
    if (std::signal(number, on_interrupt) == SIG_IGN) std::signal(number, SIG_IGN);
  }
}

InterruptGuard::~InterruptGuard() {
  guarded = 0;
  for (const int number : signals) {
    if (std::signal(number, SIG_DFL) == SIG_IGN) std::signal(number, SIG_IGN);
  }
}

int InterruptGuard::count() {
  return interrupts;
}

int InterruptGuard::status() {
  return status_of(first_signal == 0 ? SIGINT : static_cast<int>(first_signal));
}

void InterruptGuard::pipe_closed() {
  if (guarded == 0) std::_Exit(status_of(SIGPIPE));
  if (first_signal == 0) first_signal = SIGPIPE;
  if (interrupts == 0) interrupts = 1;
}

}  // namespace paralif::cli
