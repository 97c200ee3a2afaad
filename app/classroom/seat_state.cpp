#include "app/classroom/seat_state.h"

#include <fmt/format.h>

#include <filesystem>

#include "core/runs/run_store.h"
#include "datasets/error.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

/// Names of runs begin with their time, so the last name is the newest run.
fs::path newest_run(const fs::path& root) {
  fs::path newest;
  std::error_code code;
  for (fs::directory_iterator at(root, code), end; !code && at != end; at.increment(code)) {
    if (newest.filename() < at->path().filename() && is_run_folder(at->path())) newest = at->path();
  }
  return newest;
}

}  // namespace

std::string doing(const Seat& seat) {
  try {
    const fs::path folder = newest_run(seat.folder / ".local/share/paralif/runs");
    if (folder.empty()) return "no run yet";
    const RunSummary run = read_summary(folder);
    std::string text = fmt::format("{}: {}, epoch {} of {}", to_string(run.status), run.title, run.epochs_done,
                                   run.experiment.training.epochs);
    if (run.epochs_done > 0) text += fmt::format(", test {:.1f} %", 100.0 * run.last_test_accuracy);
    return text;
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace paralif
