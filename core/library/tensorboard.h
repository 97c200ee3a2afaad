// A run's metrics as an event file of TensorBoard, after the fact; see core/runs/event_file.h.
#pragma once

#include <cstdint>
#include <filesystem>

namespace paralif {

/// Every batch and epoch. The time of an event is the run's start and the seconds of training till
/// then. TensorBoard finds files whose name holds "tfevents". The file is whole or absent. Returns
/// the number of scalars. Throws Error(file).
std::int64_t write_tensorboard(const std::filesystem::path& run, const std::filesystem::path& file);

}  // namespace paralif
