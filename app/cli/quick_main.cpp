// `paralif`: what needs no LibTorch, at once; everything else is handed to paralif-full in this
// process's place. Loading LibTorch alone takes longer than most of these commands.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "app/cli/help_texts.h"
#include "app/cli/output.h"
#include "app/cli/program.h"

namespace {

namespace fs = std::filesystem;
using namespace paralif::cli;

constexpr std::array<std::string_view, 10> quick{
    "runs",      "mark",       "bin",       "presets",       "sweep",
    "datasets",  "--version",  "completion", "classroom",    "classroom-seat"};

bool is_help(std::string_view word) { return word == "--help" || word == "-h"; }

/// Help that was printed when this was built; empty for what has none.
std::string_view help_for(int argc, char** argv) {
  if (argc == 2 && is_help(argv[1])) return help_text("");
  if (argc == 3 && is_help(argv[2])) return help_text(argv[1]);
  return {};
}

int start_full(char** argv) {
  std::error_code code;
  const fs::path here = fs::read_symlink("/proc/self/exe", code).parent_path();
  for (const fs::path& place : {here / "paralif-full", here.parent_path() / "libexec/paralif/paralif-full"}) {
    if (::access(place.c_str(), X_OK) == 0) ::execv(place.c_str(), argv);
  }
  fmt::print(stderr, "paralif: paralif-full: {}; install it beside this program\n",
             errno != 0 ? std::strerror(errno) : "is missing");
  return failure;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view command = argc > 1 ? argv[1] : "";
  const std::string_view help = help_for(argc, argv);
  if (!help.empty()) {
    use_lasting_output();
    fmt::print("{}", help);
    return status_after_output(success);
  }
  if (std::find(quick.begin(), quick.end(), command) == quick.end()) return start_full(argv);
  constexpr std::array<AddCommand, 8> commands{add_runs,     add_mark,       add_bin,      add_presets, add_sweep,
                                               add_datasets, add_completion, add_classroom};
  return run_program(argc, argv, commands);
}
