// A sweep on disk: a folder with sweep.json and a run for each trial, "0001" and on, each queued
// until it is trained. Any program that sees the folder may train one.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/library/run_library.h"
#include "core/sweeps/sweep_plan.h"
#include "core/values/run_status.h"

namespace paralif {

/// Makes the folder under `root`, whole at once; its name is that of the plan, numbered where it is
/// taken. Throws Error(setting) for a plan that cannot run and Error(file).
std::filesystem::path make_sweep(const std::filesystem::path& root, const SweepPlan& plan);

/// Throws Error(file) when the folder is no sweep or its plan is damaged.
SweepPlan read_sweep(const std::filesystem::path& folder);

/// Where a trial is trained; the number is from 1.
std::filesystem::path trial_folder(const std::filesystem::path& sweep, std::int64_t number);

struct TrialState {
  std::int64_t number = 0;
  std::filesystem::path folder;
  RunStatus status = RunStatus::missing;
  std::string problem;  ///< of a failed or damaged one; one line
  std::int64_t epochs_done = 0;
  std::int64_t epochs = 0;
  double accuracy = 0.0;  ///< last test
  double seconds = 0.0;   ///< trained

  bool operator==(const TrialState&) const = default;
};

/// In the order of the numbers.
std::vector<TrialState> trial_states(const std::filesystem::path& sweep, std::size_t trials);
TrialState trial_state(const std::filesystem::path& sweep, std::int64_t number);

/// Makes the runs anew whose folders were removed or thrown away, from the plan: of these numbers,
/// or of all where `only` is empty. Throws Error(file).
void remake_missing(const std::filesystem::path& sweep, const std::vector<SweepTrial>& trials,
                    const std::vector<std::int64_t>& only);

/// "7 finished, 2 running, 3 queued".
std::string counted(const std::vector<TrialState>& states);

/// Where a trial's process writes its complaints.
inline constexpr const char* complaints_file = "stderr.txt";

}  // namespace paralif
