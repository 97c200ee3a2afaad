#include "core/library/tensorboard.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstring>
#include <string>

#include "core/runs/run_store.h"
#include "datasets/atomic_file.h"

namespace paralif {
namespace {

constexpr std::array<std::uint32_t, 256> crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? 0x82F63B78U : 0U);
    table[i] = value;
  }
  return table;
}

/// So that a CRC of bytes that hold CRCs stays one.
std::uint32_t masked(std::uint32_t crc) { return ((crc >> 15) | (crc << 17)) + 0xA282EAD8U; }

template <typename T>
std::string bytes_of(T value) {  // little-endian, as every machine that we build for
  std::string bytes(sizeof value, '\0');
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>((value & 0x7F) | 0x80);
  return bytes + static_cast<char>(value);
}

// Fields of a Protocol Buffers message.
std::string real64(int field, double value) {
  return varint(static_cast<std::uint64_t>(field) << 3 | 1) + bytes_of(value);
}
std::string whole(int field, std::int64_t value) {
  return varint(static_cast<std::uint64_t>(field) << 3) + varint(static_cast<std::uint64_t>(value));
}
std::string real32(int field, float value) {
  return varint(static_cast<std::uint64_t>(field) << 3 | 5) + bytes_of(value);
}
std::string message(int field, const std::string& bytes) {
  return varint(static_cast<std::uint64_t>(field) << 3 | 2) + varint(bytes.size()) + bytes;
}

class EventFile {
 public:
  explicit EventFile(double time) { add(real64(1, time) + message(3, "brain.Event:2")); }

  /// Values that are not finite are left out: TensorBoard draws none.
  void scalar(const std::string& tag, std::int64_t step, double time, double value) {
    if (!std::isfinite(value)) return;
    const std::string one = message(1, tag) + real32(2, static_cast<float>(value));
    add(real64(1, time) + whole(2, step) + message(5, message(1, one)));
    ++scalars_;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] std::int64_t scalars() const { return scalars_; }

 private:
  void add(const std::string& event) {
    const std::string length = bytes_of(static_cast<std::uint64_t>(event.size()));
    bytes_ += length + bytes_of(masked(crc32c(length))) + event + bytes_of(masked(crc32c(event)));
  }

  std::string bytes_;
  std::int64_t scalars_ = 0;
};

void add_epoch(EventFile& file, const EpochMetrics& at, double time) {
  file.scalar("loss/train", at.step, time, at.train_loss);
  file.scalar("accuracy/train", at.step, time, at.train_accuracy);
  if (at.validation_loss) file.scalar("loss/validation", at.step, time, *at.validation_loss);
  if (at.validation_accuracy) {
    file.scalar("accuracy/validation", at.step, time, *at.validation_accuracy);
  }
  file.scalar("loss/test", at.step, time, at.test_loss);
  file.scalar("accuracy/test", at.step, time, at.test_accuracy);
  file.scalar("learning_rate", at.step, time, at.learning_rate);
  for (std::size_t layer = 0; layer < at.layer_rates.size(); ++layer) {
    file.scalar(fmt::format("spikes_per_neuron_and_step/hidden_{}", layer + 1), at.step, time,
                at.layer_rates[layer]);
  }
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
  static constexpr auto table = crc_table();
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) {
    crc = (crc >> 8) ^ table[(crc ^ static_cast<unsigned char>(c)) & 0xFFU];
  }
  return crc ^ 0xFFFFFFFFU;
}

std::int64_t write_tensorboard(const std::filesystem::path& run, const std::filesystem::path& file) {
  const RunRecord record = read_run_at(run, 0);
  double time = static_cast<double>(record.summary.started_at);
  EventFile events(time);
  std::size_t batch = 0;
  for (const EpochMetrics& epoch : record.epochs) {
    const std::size_t first = batch;
    while (batch < record.batches.size() && record.batches[batch].epoch <= epoch.epoch) ++batch;
    const auto count = static_cast<double>(batch - first);
    for (std::size_t i = first; i < batch; ++i) {
      const double share = static_cast<double>(i - first + 1) / count;
      const BatchMetrics& at = record.batches[i];
      events.scalar("batch/loss", at.step, time + share * epoch.train_seconds, at.loss);
      events.scalar("batch/accuracy", at.step, time + share * epoch.train_seconds, at.accuracy);
    }
    time += epoch.train_seconds + epoch.test_seconds;
    add_epoch(events, epoch, time);
  }
  for (; batch < record.batches.size(); ++batch) {  // of an epoch that has not ended
    const BatchMetrics& at = record.batches[batch];
    events.scalar("batch/loss", at.step, time, at.loss);
    events.scalar("batch/accuracy", at.step, time, at.accuracy);
  }
  write_file(file, events.bytes());
  return events.scalars();
}

}  // namespace paralif
