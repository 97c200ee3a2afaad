// Spike rules on the GPU, value and slope. See cpu/rules.h.
#pragma once

#include <cmath>
#include <cstdint>

#include "core/kernels/cuda/launch.cuh"
#include "core/values/spike_rule.h"

namespace paralif::cuda {

using std::exp;
using std::fabs;
using std::tanh;

template <Squash squash, typename T>
__device__ inline T squashed(T m) {
  if constexpr (squash == Squash::sigmoid) return T(1) / (T(1) + exp(-m));
  if constexpr (squash == Squash::tanh) return tanh(m);
  if constexpr (squash == Squash::relu_tanh) return m > T(0) ? tanh(m) : T(0);
  return m;
}

template <Squash squash, typename T>
__device__ inline T squash_slope(T u) {
  if constexpr (squash == Squash::sigmoid) return u * (T(1) - u);
  if constexpr (squash == Squash::tanh) return T(1) - u * u;
  if constexpr (squash == Squash::relu_tanh) return u > T(0) ? T(1) - u * u : T(0);
  return T(1);
}

template <typename T>
__device__ inline T surrogate_slope(const SpikeRule& rule, T z) {
  const T scale = T(rule.surrogate_scale);
  if (rule.surrogate == Surrogate::atan) {
    const T w = z * (T(1.5707963267948966) * scale);
    return (scale / T(2)) / (T(1) + w * w);
  }
  const T w = scale * fabs(z) + T(1);
  return T(1) / (w * w);
}

/// The same draw as cpu::uniform of this element.
template <typename T>
__device__ inline T uniform(std::uint64_t key, std::int64_t element) {
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

template <Generator generator, typename T>
__device__ inline T draw(const SpikeRule& rule, std::int64_t element) {
  if constexpr (generator == Generator::bernoulli || generator == Generator::gumbel) {
    return uniform<T>(rule.noise_key, element);
  }
  return T(0);
}

template <typename T>
__device__ inline T gumbel_soft(T u, T p) {
  return p / (p + (T(1) - p) * exp(T(-2) * u));
}

template <Generator generator, typename T>
__device__ inline T emitted(T u, T previous, T threshold, T p) {
  bool fires = false;
  if constexpr (generator == Generator::threshold) fires = u - threshold > T(0);
  if constexpr (generator == Generator::delta) fires = (u - previous) - threshold > T(0);
  if constexpr (generator == Generator::bernoulli) fires = p < u;
  if constexpr (generator == Generator::gumbel) fires = gumbel_soft(u, p) > T(0.5);
  return fires ? T(1) : T(0);
}

template <Generator generator, typename T>
__device__ inline T slope(const SpikeRule& rule, T u, T previous, T threshold, T p) {
  if constexpr (generator == Generator::threshold) return surrogate_slope(rule, u - threshold);
  if constexpr (generator == Generator::delta) {
    return surrogate_slope(rule, (u - previous) - threshold);
  }
  if constexpr (generator == Generator::bernoulli) return u;
  if constexpr (generator == Generator::gumbel) {
    const T y = gumbel_soft(u, p);
    return T(2) * y * (T(1) - y);
  }
  return T(0);
}

/// Calls body.template operator()<generator, squash>() for the rule's pair.
template <typename Body>
void with_rule(const SpikeRule& rule, Body&& body) {
  const auto squash_with = [&]<Generator g>() {
    switch (rule.squash) {
      case Squash::identity: return body.template operator()<g, Squash::identity>();
      case Squash::sigmoid: return body.template operator()<g, Squash::sigmoid>();
      case Squash::tanh: return body.template operator()<g, Squash::tanh>();
      case Squash::relu_tanh: return body.template operator()<g, Squash::relu_tanh>();
    }
  };
  switch (rule.generator) {
    case Generator::none: return body.template operator()<Generator::none, Squash::identity>();
    case Generator::threshold: return squash_with.template operator()<Generator::threshold>();
    case Generator::delta: return squash_with.template operator()<Generator::delta>();
    case Generator::bernoulli: return squash_with.template operator()<Generator::bernoulli>();
    case Generator::gumbel:
      return body.template operator()<Generator::gumbel, Squash::identity>();
  }
}

}  // namespace paralif::cuda
