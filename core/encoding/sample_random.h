// Random numbers of one sample: the same for the same draw and sample, whoever asks and when.
#pragma once

#include <cstdint>

namespace paralif {

/// SplitMix64 (Steele, Lea, Flood 2014), seeded by a draw and a sample.
class SampleRandom {
 public:
  SampleRandom(std::uint64_t draw, std::uint64_t sample)
      : state_(mixed(draw + 0x9e3779b97f4a7c15ULL) ^ mixed(sample * 0xd1342543de82ef95ULL + 1)) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    return mixed(state_);
  }
  /// In [0, 1), with 53 random bits.
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  double uniform(double from, double to) { return from + (to - from) * uniform(); }
  /// In 0..bound-1.
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(uniform() * static_cast<double>(bound));
  }

 private:
  static std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
  }

  std::uint64_t state_;
};

}  // namespace paralif
