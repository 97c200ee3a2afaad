// Which of several processes of one training this is, and where they meet.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace paralif {

/// The folder holds: experiment.json and state.h5, where the training begins (written by process
/// 0), `ready` once they are there, `here-<rank>` of a process that has loaded its data, c10d's
/// `store`, `failed-<rank>.txt` of a process that failed,
/// and `ended` once process 0 has ended, whatever the reason.
struct ProcessShare {
  std::int64_t rank = 0;
  std::int64_t world = 1;
  std::filesystem::path meeting;
  std::string host = "127.0.0.1";  ///< where the others reach this process

  [[nodiscard]] std::filesystem::path file(const char* name) const { return meeting / name; }
  [[nodiscard]] std::filesystem::path presence_of(std::int64_t process) const {
    return meeting / ("here-" + std::to_string(process));
  }
  [[nodiscard]] std::filesystem::path failure_of(std::int64_t other) const {
    return meeting / ("failed-" + std::to_string(other) + ".txt");
  }
};

/// Of a process that paralif or `srun` started as one of several: PARALIF_RANK, PARALIF_WORLD and
/// PARALIF_MEETING, or else SLURM_PROCID and SLURM_STEP_NUM_TASKS, whose processes meet in a
/// folder of `runs_root` named after the job. Nothing for a process of its own. Throws
/// Error(setting) for values that cannot be.
std::optional<ProcessShare> share_of_environment(const std::filesystem::path& runs_root);

}  // namespace paralif
