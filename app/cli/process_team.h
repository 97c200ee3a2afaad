// The other processes of a training that this one began on the same machine.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/sweeps/child_process.h"
#include "core/values/process_share.h"

namespace paralif::cli {

class ProcessTeam {
 public:
  /// Starts `world` - 1 of them, which share the cores with this one. Throws Error(file).
  explicit ProcessTeam(std::int64_t world);
  ~ProcessTeam();  ///< waits a second for them, then kills them, and removes the meeting place
  ProcessTeam(const ProcessTeam&) = delete;
  ProcessTeam& operator=(const ProcessTeam&) = delete;

  /// Of this process, the first.
  [[nodiscard]] ProcessShare share() const { return {0, world_, meeting_}; }
  /// Which of them a signal ended, as a sentence; empty for none.
  [[nodiscard]] std::string killed();
  void kill();

 private:
  std::int64_t world_;
  std::filesystem::path meeting_;
  std::vector<ChildProcess> others_;
};

}  // namespace paralif::cli
