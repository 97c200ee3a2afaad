// XXH64, Yann Collet's 64-bit checksum: any damage to a file changes it, at the speed of memory.
// It is no signature: who can write the file can write its checksum.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace paralif {

class Checksum {
 public:
  void add(std::string_view bytes);
  /// Of all bytes so far.
  [[nodiscard]] std::uint64_t value() const;

 private:
  void round(const char* block);  ///< of 32 bytes

  static constexpr std::uint64_t prime1 = 0x9E3779B185EBCA87ULL;
  static constexpr std::uint64_t prime2 = 0xC2B2AE3D27D4EB4FULL;
  std::array<std::uint64_t, 4> lanes_{prime1 + prime2, prime2, 0, 0 - prime1};
  std::array<char, 32> rest_{};
  std::uint64_t length_ = 0;
};

inline std::uint64_t checksum_of(std::string_view bytes) {
  Checksum sum;
  sum.add(bytes);
  return sum.value();
}

}  // namespace paralif
