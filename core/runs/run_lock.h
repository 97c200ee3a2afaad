// Says whether a session writes to a run now, also when its process was killed.
#pragma once

#include <filesystem>
#include <optional>

#include "core/runs/heartbeat.h"

namespace paralif {

/// Held while it lives, by the kernel's own file locks: a process that dies lets go. Other machines,
/// which such locks may not reach, know by a heartbeat.
class RunLock {
 public:
  /// Throws Error(file) when another session holds it or the folder cannot be written.
  explicit RunLock(const std::filesystem::path& folder);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

  /// Whether the folder still has the file that is locked: neither was removed or replaced.
  [[nodiscard]] bool in_place() const;

  /// Throws Error(file) when the lock is no regular file, such as a pipe.
  static bool is_held(const std::filesystem::path& folder);

 private:
  std::filesystem::path path_;
  int file_ = -1;
  std::optional<Heartbeat> heartbeat_;
};

}  // namespace paralif
