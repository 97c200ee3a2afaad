// Spike rules: value and slope. Source: Yarga and Wood (2024), section 2.
#pragma once

#include "core/kernels/steps/space.h"
#if defined(PARALIF_ISA)
#include "core/kernels/steps/vec.h"
#else
#include "core/kernels/steps/scalar_math.h"
#endif
#include "core/values/spike_rule.h"

namespace PARALIF_STEP_SPACE {

template <typename V>
PARALIF_STEP V sigmoid(V x) {
  return 1 / (1 + exponential(-x));
}

template <Squash squash, typename V>
PARALIF_STEP V squashed(V m) {
  if constexpr (squash == Squash::sigmoid) return sigmoid(m);
  if constexpr (squash == Squash::tanh) return hyperbolic_tangent(m);
  if constexpr (squash == Squash::relu_tanh) return m > 0 ? hyperbolic_tangent(m) : V{};
  return m;
}

/// d squash / d m, from the squashed value u.
template <Squash squash, typename V>
PARALIF_STEP V squash_slope(V u) {
  if constexpr (squash == Squash::sigmoid) return u * (1 - u);
  if constexpr (squash == Squash::tanh) return 1 - u * u;
  if constexpr (squash == Squash::relu_tanh) return u > 0 ? 1 - u * u : V{};
  return V{} + 1;
}

/// The surrogate's slope at z = u - threshold; T is the type of one lane.
template <typename T>
struct SurrogateSlope {
  T scale;
  bool atan;
  PARALIF_STEP explicit SurrogateSlope(const SpikeRule& rule)
      : scale(static_cast<T>(rule.surrogate_scale)), atan(rule.surrogate == Surrogate::atan) {}

  template <typename V>
  PARALIF_STEP V operator()(V z) const {
    if (atan) {
      const V w = z * (static_cast<T>(1.5707963267948966) * scale);
      return (scale / 2) / (1 + w * w);
    }
    const V w = scale * (z < 0 ? -z : z) + 1;
    return 1 / (w * w);
  }
};

/// The soft value y of the Gumbel-softmax: softmax over (u + g1, -u + g2), first entry.
/// The difference of two Gumbel draws is logistic, so one uniform draw p is enough.
template <typename V>
PARALIF_STEP V gumbel_soft(V u, V p) {
  return p / (p + (1 - p) * exponential(-2 * u));
}

/// What a spike function emits for the potential u (previous one for delta); p are uniform draws.
template <SpikeFunction spike_function, typename V>
PARALIF_STEP V emitted(V u, V previous, V threshold, V p) {
  const V one = V{} + 1;
  const V zero{};
  if constexpr (spike_function == SpikeFunction::threshold) return u - threshold > 0 ? one : zero;
  if constexpr (spike_function == SpikeFunction::delta) {
    return (u - previous) - threshold > 0 ? one : zero;
  }
  if constexpr (spike_function == SpikeFunction::bernoulli) return p < u ? one : zero;
  if constexpr (spike_function == SpikeFunction::gumbel) return gumbel_soft(u, p) > 0.5F ? one : zero;
  (void)previous, (void)threshold, (void)p;
  return zero;
}

/// d spike / d z, as training sees it (z = u - threshold, its change, or u itself).
template <SpikeFunction spike_function, typename V, typename T>
PARALIF_STEP V slope(V u, V previous, V threshold, V p, const SurrogateSlope<T>& surrogate) {
  if constexpr (spike_function == SpikeFunction::threshold) return surrogate(u - threshold);
  if constexpr (spike_function == SpikeFunction::delta) return surrogate((u - previous) - threshold);
  if constexpr (spike_function == SpikeFunction::bernoulli) return u;
  if constexpr (spike_function == SpikeFunction::gumbel) {
    const V y = gumbel_soft(u, p);
    return 2 * y * (1 - y);
  }
  (void)previous, (void)threshold, (void)p, (void)surrogate;
  return V{};
}

PARALIF_STEP constexpr bool draws(SpikeFunction g) {
  return g == SpikeFunction::bernoulli || g == SpikeFunction::gumbel;
}

/// Calls body.template operator()<spike_function, squash>() for the rule's pair.
template <typename Body>
void with_rule(const SpikeRule& rule, Body&& body) {
  const auto squash_with = [&]<SpikeFunction g>() {
    switch (rule.squash) {
      case Squash::identity:
        return body.template operator()<g, Squash::identity>();
      case Squash::sigmoid:
        return body.template operator()<g, Squash::sigmoid>();
      case Squash::tanh:
        return body.template operator()<g, Squash::tanh>();
      case Squash::relu_tanh:
        return body.template operator()<g, Squash::relu_tanh>();
    }
  };
  switch (rule.spike_function) {
    case SpikeFunction::none:
      return body.template operator()<SpikeFunction::none, Squash::identity>();
    case SpikeFunction::threshold:
      return squash_with.template operator()<SpikeFunction::threshold>();
    case SpikeFunction::delta:
      return squash_with.template operator()<SpikeFunction::delta>();
    case SpikeFunction::bernoulli:
      return squash_with.template operator()<SpikeFunction::bernoulli>();
    case SpikeFunction::gumbel:
      return body.template operator()<SpikeFunction::gumbel, Squash::identity>();
  }
}

}  // namespace PARALIF_STEP_SPACE
