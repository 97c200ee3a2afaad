// numpy's legacy RandomState (MT19937), as far as the published datasets draw from it.
#pragma once

#include <array>
#include <cstdint>

namespace paralif {

/// Draws the same numbers as numpy.random.RandomState(seed) for a 32-bit integer seed.
class NumpyRandom {
 public:
  explicit NumpyRandom(std::uint32_t seed);

  /// RandomState.rand(): uniform in [0, 1) with 53 random bits.
  double uniform();
  /// RandomState.randint(bound): uniform in 0..bound-1 by masked rejection; bound >= 1.
  std::uint32_t integer(std::uint32_t bound);

 private:
  std::uint32_t next();
  void refill();

  std::array<std::uint32_t, 624> state_{};
  std::size_t position_ = 624;
};

}  // namespace paralif
