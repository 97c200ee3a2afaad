// A run's metrics as an event file of TensorBoard.
//
// The file is records of TensorFlow's TFRecord format (length, masked CRC-32C of it, bytes, masked
// CRC-32C of them), each an Event message of tensorflow/core/util/event.proto with scalars.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace paralif {

/// Scalars by optimiser step: of batches loss and accuracy; of epochs loss and accuracy of each
/// part, learning rate, and spikes per neuron and step of each hidden layer. The time of an event
/// is the run's start and the seconds of training till then. TensorBoard finds files whose name
/// holds "tfevents". The file is whole or absent. Returns the number of scalars. Throws Error(file).
std::int64_t write_tensorboard(const std::filesystem::path& run, const std::filesystem::path& file);

/// CRC-32C (Castagnoli), as RFC 3720 has it.
std::uint32_t crc32c(std::string_view bytes);

}  // namespace paralif
