// Trains the runs of a sweep by processes of this machine, several at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "core/sweeps/sweep_folder.h"
#include "core/values/job.h"

namespace paralif {

struct SweepPoolOptions {
  std::filesystem::path program;    ///< paralif; empty: paralif_program()
  int jobs = 0;                     ///< trainings at a time; 0: jobs_that_fit()
  bool retry_failed = false;        ///< those that failed before, too
  std::vector<std::int64_t> only;   ///< numbers of trials; empty: all
};

/// As many as cores and free memory allow, at least one.
int jobs_that_fit(std::int64_t threads);

/// Whether there is something to do for a trial: it waits, or was ended before its end.
bool wants_training(const TrialState& state, bool retry_failed);

/// For a run whose process could not even begin, and so left nothing that says so.
void mark_failed(const std::filesystem::path& run);

/// Trains what wants it, in order, and returns every trial's state. `watch` is told all states when
/// one has changed, several times a second. Runs that another process trains are left to it and
/// waited for, so that several machines may share a sweep. Cancelled: every process is told to end,
/// leaves its checkpoint and is waited for; then JobCancelled is thrown. A run whose
/// process could not begin has failed; one whose process crashed is interrupted, with a problem. Throws Error(file) when nothing can be started.
std::vector<TrialState> run_sweep(const std::filesystem::path& sweep,
                                  const SweepPoolOptions& options, JobControl& control,
                                  const std::function<void(const std::vector<TrialState>&)>& watch);

}  // namespace paralif
