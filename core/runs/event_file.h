// Metrics as events of TensorBoard.
//
// A file is records of TensorFlow's TFRecord format (length, masked CRC-32C of it, bytes, masked
// CRC-32C of them), each an Event message of tensorflow/core/util/event.proto with scalars. More
// can be appended to it at any time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/values/metrics.h"

namespace paralif {

/// Bytes of a file or of its continuation. Times are seconds since 1970 (UTC).
class EventFile {
 public:
  /// Begins a file.
  explicit EventFile(double time);
  /// Goes on with one.
  EventFile() = default;

  /// Values that are not finite are left out: TensorBoard draws none.
  void scalar(const std::string& tag, std::int64_t step, double time, double value);
  /// Loss and accuracy, by optimiser step.
  void add(const BatchMetrics& batch, double time);
  /// Loss and accuracy of each part, learning rate, and spikes per neuron and step of each hidden
  /// layer.
  void add(const EpochMetrics& epoch, double time);

  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] std::int64_t scalars() const { return scalars_; }

 private:
  void record(const std::string& event);

  std::string bytes_;
  std::int64_t scalars_ = 0;
};

/// CRC-32C (Castagnoli), as RFC 3720 has it.
std::uint32_t crc32c(std::string_view bytes);

}  // namespace paralif
