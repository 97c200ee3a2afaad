// Spike rules on vectors: value and slope. Included once for each instruction set.
#pragma once

#include "core/kernels/cpu/vec.h"
#include "core/values/spike_rule.h"

namespace paralif::cpu::PARALIF_ISA {

template <Squash squash, typename T>
inline Vec<T> squashed(Vec<T> m) {
  if constexpr (squash == Squash::sigmoid) return sigmoid<T>(m);
  if constexpr (squash == Squash::tanh) return hyperbolic_tangent(m);
  if constexpr (squash == Squash::relu_tanh) {
    return m > 0 ? hyperbolic_tangent(m) : Vec<T>{};
  }
  return m;
}

/// d squash / d m, from the squashed value u.
template <Squash squash, typename T>
inline Vec<T> squash_slope(Vec<T> u) {
  if constexpr (squash == Squash::sigmoid) return u * (1 - u);
  if constexpr (squash == Squash::tanh) return 1 - u * u;
  if constexpr (squash == Squash::relu_tanh) return u > 0 ? 1 - u * u : Vec<T>{};
  return splat<T>(1.0);
}

template <typename T>
struct SurrogateSlope {
  T scale;
  bool atan;
  SurrogateSlope(const SpikeRule& rule)
      : scale(static_cast<T>(rule.surrogate_scale)), atan(rule.surrogate == Surrogate::atan) {}

  Vec<T> operator()(Vec<T> z) const {
    if (atan) {
      const Vec<T> w = z * (static_cast<T>(1.5707963267948966) * scale);
      return (scale / 2) / (1 + w * w);
    }
    const Vec<T> w = scale * (z < 0 ? -z : z) + 1;
    return 1 / (w * w);
  }
};

/// The soft value y of the Gumbel-softmax: softmax over (u + g1, -u + g2), first entry.
/// The difference of two Gumbel draws is logistic, so one uniform draw p is enough.
template <typename T>
inline Vec<T> gumbel_soft(Vec<T> u, Vec<T> p) {
  return p / (p + (1 - p) * exponential(-2 * u));
}

/// What a generator emits for the potential u (previous one for delta); p are uniform draws.
template <Generator generator, typename T>
inline Vec<T> emitted(Vec<T> u, Vec<T> previous, Vec<T> threshold, Vec<T> p) {
  const Vec<T> one = splat<T>(1.0);
  const Vec<T> zero{};
  if constexpr (generator == Generator::threshold) return u - threshold > 0 ? one : zero;
  if constexpr (generator == Generator::delta) {
    return (u - previous) - threshold > 0 ? one : zero;
  }
  if constexpr (generator == Generator::bernoulli) return p < u ? one : zero;
  if constexpr (generator == Generator::gumbel) return gumbel_soft<T>(u, p) > 0.5F ? one : zero;
  (void)previous, (void)threshold, (void)p;
  return zero;
}

/// d spike / d z, as training sees it (z = u - threshold, its change, or u itself).
template <Generator generator, typename T>
inline Vec<T> slope(Vec<T> u, Vec<T> previous, Vec<T> threshold, Vec<T> p,
                    const SurrogateSlope<T>& surrogate) {
  if constexpr (generator == Generator::threshold) return surrogate(u - threshold);
  if constexpr (generator == Generator::delta) return surrogate((u - previous) - threshold);
  if constexpr (generator == Generator::bernoulli) return u;
  if constexpr (generator == Generator::gumbel) {
    const Vec<T> y = gumbel_soft<T>(u, p);
    return 2 * y * (1 - y);
  }
  (void)previous, (void)threshold, (void)p, (void)surrogate;
  return Vec<T>{};
}

constexpr bool draws(Generator g) {
  return g == Generator::bernoulli || g == Generator::gumbel;
}

}  // namespace paralif::cpu::PARALIF_ISA
