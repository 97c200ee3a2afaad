// Where a run is: as its file says, or as is known of it at the moment.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace paralif {

enum class RunStatus : std::uint8_t {
  queued,       ///< waits for its first batch
  running,
  interrupted,  ///< said to be running, by a process that is gone; never written
  stopped,      ///< by its user
  finished,
  failed,
  damaged,      ///< its files cannot be read; never written
  missing       ///< a sweep's run whose folder was removed; never written
};

inline constexpr std::array<std::pair<RunStatus, std::string_view>, 8> run_statuses{{
    {RunStatus::queued, "queued"},
    {RunStatus::running, "running"},
    {RunStatus::interrupted, "interrupted"},
    {RunStatus::stopped, "stopped"},
    {RunStatus::finished, "finished"},
    {RunStatus::failed, "failed"},
    {RunStatus::damaged, "damaged"},
    {RunStatus::missing, "missing"},
}};

/// As files, filters and the command line have it.
constexpr std::string_view to_string(RunStatus status) {
  return run_statuses[static_cast<std::size_t>(status)].second;
}

constexpr std::optional<RunStatus> run_status_of(std::string_view text) {
  for (const auto& [status, name] : run_statuses) {
    if (name == text) return status;
  }
  return std::nullopt;
}

}  // namespace paralif
