#include "datasets/checksum.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace paralif {
namespace {

constexpr std::uint64_t prime1 = 0x9E3779B185EBCA87ULL;
constexpr std::uint64_t prime2 = 0xC2B2AE3D27D4EB4FULL;
constexpr std::uint64_t prime3 = 0x165667B19E3779F9ULL;
constexpr std::uint64_t prime4 = 0x85EBCA77C2B2AE63ULL;
constexpr std::uint64_t prime5 = 0x27D4EB2F165667C5ULL;

/// A little-endian number of 4 or 8 bytes.
template <typename T>
T number(const char* bytes) {
  static_assert(std::endian::native == std::endian::little);
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

std::uint64_t mixed(std::uint64_t lane, std::uint64_t input) {
  return std::rotl(lane + input * prime2, 31) * prime1;
}

}  // namespace

void Checksum::round(const char* block) {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    lanes_[i] = mixed(lanes_[i], number<std::uint64_t>(block + 8 * i));
  }
}

void Checksum::add(std::string_view bytes) {
  const std::size_t held = length_ % rest_.size();
  length_ += bytes.size();
  if (held > 0) {
    const std::size_t more = std::min(bytes.size(), rest_.size() - held);
    std::memcpy(rest_.data() + held, bytes.data(), more);
    bytes.remove_prefix(more);
    if (held + more < rest_.size()) return;
    round(rest_.data());
  }
  for (; bytes.size() >= rest_.size(); bytes.remove_prefix(rest_.size())) round(bytes.data());
  if (!bytes.empty()) std::memcpy(rest_.data(), bytes.data(), bytes.size());
}

std::uint64_t Checksum::value() const {
  std::uint64_t sum = prime5;
  if (length_ >= rest_.size()) {
    sum = std::rotl(lanes_[0], 1) + std::rotl(lanes_[1], 7) + std::rotl(lanes_[2], 12) +
          std::rotl(lanes_[3], 18);
    for (const std::uint64_t lane : lanes_) sum = (sum ^ mixed(0, lane)) * prime1 + prime4;
  }
  sum += length_;
  const char* at = rest_.data();
  std::size_t left = length_ % rest_.size();
  for (; left >= 8; left -= 8, at += 8) {
    sum = std::rotl(sum ^ mixed(0, number<std::uint64_t>(at)), 27) * prime1 + prime4;
  }
  if (left >= 4) {
    sum = std::rotl(sum ^ (number<std::uint32_t>(at) * prime1), 23) * prime2 + prime3;
    left -= 4;
    at += 4;
  }
  for (; left > 0; --left, ++at) {
    sum = std::rotl(sum ^ (static_cast<unsigned char>(*at) * prime5), 11) * prime1;
  }
  sum = (sum ^ (sum >> 33U)) * prime2;
  sum = (sum ^ (sum >> 29U)) * prime3;
  return sum ^ (sum >> 32U);
}

}  // namespace paralif
