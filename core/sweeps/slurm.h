// The runs of a sweep as a job array of Slurm: written, submitted, followed, cancelled.
//
// Only sbatch, squeue and scancel are used; accounting (sacct) is not needed, since a run's own
// folder says how it ended.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/sweeps/sweep_pool.h"

namespace paralif {

struct SlurmOptions {
  std::filesystem::path program;     ///< paralif, as the nodes see it; empty: paralif_program()
  int jobs = 0;                      ///< tasks at a time; 0: as many as the cluster gives
  bool retry_failed = false;
  std::vector<std::int64_t> only;    ///< numbers of trials; empty: all
  std::vector<std::string> sbatch;   ///< options handed on to sbatch, such as --partition=long
};

/// A submitted array.
struct SlurmJob {
  std::string id;
  std::vector<std::int64_t> trials;  ///< by task, from 1
};

/// Whether sbatch is on PATH.
bool has_slurm();

/// Arrays of this sweep that were submitted and may still be in the queue, from slurm.json.
std::vector<SlurmJob> submitted_jobs(const std::filesystem::path& sweep);

/// Submits what wants training and is in no queue yet, in arrays of at most 1000 tasks, and
/// remembers them in the sweep's folder. Writes slurm.sh there. Throws Error(file) with what sbatch
/// said.
std::vector<SlurmJob> submit_to_slurm(const std::filesystem::path& sweep,
                                      const SlurmOptions& options);

/// Waits until no task of the sweep is queued or running, as run_sweep() does. Cancelled: the jobs
/// stay; JobCancelled is thrown. Runs whose task is gone and that never began have failed.
std::vector<TrialState> follow_slurm(const std::filesystem::path& sweep, JobControl& control,
                                     const std::function<void(const std::vector<TrialState>&)>& watch);

/// Takes every task of the sweep out of the queue; those that run leave a checkpoint. Returns how
/// many arrays there were.
std::size_t cancel_slurm(const std::filesystem::path& sweep);

}  // namespace paralif
