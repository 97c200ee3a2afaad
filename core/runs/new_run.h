// The folder of a run that has not been trained yet: whole at once, with its experiment in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/experiments/experiment.h"
#include "core/runs/run_files.h"

namespace paralif {

/// Of a run that starts, or is queued, now.
run_files::Head new_head(RunStatus status);

/// Makes a folder that nobody has under `root`, named by time and title. Throws Error(file).
std::filesystem::path make_run_folder(const std::filesystem::path& root,
                                      const Experiment& experiment, const run_files::Head& head);

/// Makes `folder`, which must not exist yet, a run that waits for its training: SessionOptions
/// with `resume` begins it. Throws Error(file).
void queue_run(const std::filesystem::path& folder, const Experiment& experiment);

/// "2024-05-01 14:03:22" in local time, of seconds since 1970 (UTC).
std::string local_time_text(std::int64_t instant);
/// The instant of such a text or of the beginning of one ("2024-05", "2024-05-01 14"); -1 when it
/// is none. In the hour that occurs twice when summer time ends it is the library's choice.
std::int64_t instant_of_local(const std::string& text);

}  // namespace paralif
