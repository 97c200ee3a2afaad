#include "core/sweeps/sweep_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <fstream>

#include "core/runs/new_run.h"
#include "core/runs/run_store.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

/// Letters, digits, dashes and dots, at most 60.
std::string folder_name(const std::string& name) {
  std::string text;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool good = byte < 128 && (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.');
    if (good) {
      text += c;
    } else if (!text.empty() && text.back() != '-') {
      text += '-';
    }
    if (text.size() == 60) break;
  }
  while (!text.empty() && (text.back() == '-' || text.back() == '.')) text.pop_back();
  while (!text.empty() && text.front() == '.') text.erase(0, 1);
  return text.empty() ? "sweep" : text;
}

[[noreturn]] void cannot_make(const fs::path& folder, const std::string& reason) {
  throw Error(Error::Kind::file, folder.string(), "cannot make the sweep's folder: " + reason,
              "check the free space and the permissions, or choose another --dir");
}

/// The last line that the process of a trial complained with, as a sentence.
std::string complaint_of(const fs::path& folder) {
  std::ifstream file(folder / complaints_file);
  std::string last;
  for (std::string line; std::getline(file, line) && last.size() < 4096;) {
    if (!line.empty()) last = line;
  }
  if (last.starts_with("paralif: ")) last.erase(0, 9);
  return printable(last.substr(0, 500));
}

}  // namespace

fs::path trial_folder(const fs::path& sweep, std::int64_t number) {
  return sweep / fmt::format("{:04}", number);
}

fs::path make_sweep(const fs::path& root, const SweepPlan& plan) {
  const std::vector<SweepTrial> trials = trials_of(plan);
  std::error_code code;
  fs::create_directories(root, code);
  if (code) cannot_make(root, code.message());
  const std::string name = folder_name(plan.name);
  for (int number = 1; number < 1000; ++number) {
    const fs::path folder = root / (number == 1 ? name : fmt::format("{}-{}", name, number));
    if (fs::exists(fs::symlink_status(folder, code))) continue;
    const fs::path aside = root / fmt::format(".{}.part", folder.filename().string());
    if (!fs::create_directory(aside, code)) {
      if (code) cannot_make(aside, code.message());
      continue;  // another is making this one
    }
    try {
      for (const SweepTrial& trial : trials) {
        queue_run(trial_folder(aside, trial.number), trial.experiment);
      }
      write_file(aside / sweep_file, to_json(plan));
      fs::rename(aside, folder, code);
      if (!code) return folder;
      fs::remove_all(aside, code);
    } catch (...) {
      fs::remove_all(aside, code);
      throw;
    }
  }
  cannot_make(root / name, "too many of this name");
}

SweepPlan read_sweep(const fs::path& folder) {
  const fs::path file = folder / sweep_file;
  std::error_code code;
  if (!fs::is_regular_file(file, code)) {
    throw Error(Error::Kind::file, folder.string(), "is not the folder of a sweep",
                "choose one that holds sweep.json");
  }
  return sweep_from_json(read_file(file), file.string());
}

TrialState trial_state(const fs::path& sweep, std::int64_t number) {
  TrialState state;
  state.number = number;
  state.folder = trial_folder(sweep, number);
  if (!has_file_of_run(state.folder)) {
    state.status = RunStatus::missing;
    return state;
  }
  try {
    const RunSummary run = read_summary(state.folder);
    state.status = run.status;
    state.epochs_done = run.epochs_done;
    state.epochs = run.experiment.training.epochs;
    state.accuracy = run.last_test_accuracy;
    state.seconds = run.train_seconds;
    if (run.status == RunStatus::failed) state.problem = complaint_of(state.folder);
  } catch (const std::exception& error) {
    state.status = RunStatus::damaged;
    state.problem = problem_in_folder(error);
  }
  return state;
}

void remake_missing(const fs::path& sweep, const std::vector<SweepTrial>& trials,
                    const std::vector<std::int64_t>& only) {
  for (const SweepTrial& trial : trials) {
    const bool chosen = only.empty() || std::ranges::find(only, trial.number) != only.end();
    const fs::path folder = trial_folder(sweep, trial.number);
    if (chosen && !has_file_of_run(folder)) queue_run(folder, trial.experiment);
  }
}

std::vector<TrialState> trial_states(const fs::path& sweep, std::size_t trials) {
  std::vector<TrialState> states;
  for (std::size_t i = 1; i <= trials; ++i) {
    states.push_back(trial_state(sweep, static_cast<std::int64_t>(i)));
  }
  return states;
}

std::string counted(const std::vector<TrialState>& states) {
  std::string text;
  using enum RunStatus;
  for (const RunStatus status :
       {finished, running, queued, stopped, interrupted, failed, damaged, missing}) {
    const auto count = std::ranges::count(states, status, &TrialState::status);
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, to_string(status));
  }
  return text;
}

}  // namespace paralif
