#include "core/runs/event_file.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstring>

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

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
  static constexpr auto table = crc_table();
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) {
    crc = (crc >> 8) ^ table[(crc ^ static_cast<unsigned char>(c)) & 0xFFU];
  }
  return crc ^ 0xFFFFFFFFU;
}

EventFile::EventFile(double time) { record(real64(1, time) + message(3, "brain.Event:2")); }

void EventFile::record(const std::string& event) {
  const std::string length = bytes_of(static_cast<std::uint64_t>(event.size()));
  bytes_ += length + bytes_of(masked(crc32c(length))) + event + bytes_of(masked(crc32c(event)));
}

void EventFile::scalar(const std::string& tag, std::int64_t step, double time, double value) {
  if (!std::isfinite(value)) return;
  const std::string one = message(1, tag) + real32(2, static_cast<float>(value));
  record(real64(1, time) + whole(2, step) + message(5, message(1, one)));
  ++scalars_;
}

void EventFile::add(const BatchMetrics& at, double time) {
  scalar("batch/loss", at.step, time, at.loss);
  scalar("batch/accuracy", at.step, time, at.accuracy);
}

void EventFile::add(const EpochMetrics& at, double time) {
  scalar("loss/train", at.step, time, at.train_loss);
  scalar("accuracy/train", at.step, time, at.train_accuracy);
  if (at.validation_loss) scalar("loss/validation", at.step, time, *at.validation_loss);
  if (at.validation_accuracy) {
    scalar("accuracy/validation", at.step, time, *at.validation_accuracy);
  }
  scalar("loss/test", at.step, time, at.test_loss);
  scalar("accuracy/test", at.step, time, at.test_accuracy);
  scalar("learning_rate", at.step, time, at.learning_rate);
  for (std::size_t layer = 0; layer < at.layer_rates.size(); ++layer) {
    scalar(fmt::format("spikes_per_neuron_and_step/hidden_{}", layer + 1), at.step, time,
                at.layer_rates[layer]);
  }
}

}  // namespace paralif
