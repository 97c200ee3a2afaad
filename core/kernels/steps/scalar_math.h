// The functions of vec.h for plain numbers: on the GPU and in plain loops.
#pragma once

#include <cmath>
#include <cstdint>

#include "core/kernels/steps/space.h"

namespace paralif::scalar {

template <typename T>
PARALIF_STEP T exponential(T x) {
  using std::exp;
  return exp(x);
}

template <typename T>
PARALIF_STEP T hyperbolic_tangent(T x) {
  using std::tanh;
  return tanh(x);
}

/// The same draw in (0, 1) as cpu::uniform gives this element.
template <typename T>
PARALIF_STEP T uniform(std::uint64_t key, std::int64_t element) {
  std::uint32_t h = static_cast<std::uint32_t>(element);
  for (int round = 0; round < 2; ++round) {
    h ^= static_cast<std::uint32_t>(round == 0 ? key : key >> 32);
    h ^= h >> 16;
    h *= 0x7feb352dU;
    h ^= h >> 15;
    h *= 0x846ca68bU;
    h ^= h >> 16;
  }
  return (T(h >> 9) + T(0.5)) * T(1.0 / 8388608.0);
}

}  // namespace paralif::scalar
