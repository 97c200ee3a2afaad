// The ParaLIF passes. Included once for each instruction set.
#pragma once

#include "core/kernels/cpu/rules.h"
#include "core/kernels/cpu/sweeps.h"
#include "core/kernels/cpu/tiles.h"

namespace paralif::cpu::PARALIF_ISA {

template <Generator generator, typename T>
inline Vec<T> draw(const SpikeRule& rule, std::int64_t element) {
  if constexpr (draws(generator)) return uniform<T>(rule.noise_key, element);
  (void)rule, (void)element;
  return Vec<T>{};
}

template <typename T, int K, Generator generator, Squash squash>
void filter_forward_tile(const FilterForward<T>& a, std::int64_t sample, std::int64_t first,
                         int lanes) {
  using P = Pack<T, K>;
  const std::int64_t n = a.shape.neurons;
  const P alpha = P::read(a.alpha + first, lanes);
  const P beta = P::read(a.beta + first, lanes);
  const P theta = P::read_or_zero(a.threshold, first, lanes);
  P current = P::fill(0.0);
  P v = P::fill(0.0);
  P count = P::fill(0.0);
  P m = P::fill(0.0);         // what the rule sees when shifted: m[t-1]
  P previous = P::fill(0.0);  // u[t-1]
  if (a.rule.from_rest) {
    for (int k = 0; k < K; ++k) previous.v[k] = squashed<squash, T>(Vec<T>{});
  }
  const bool fires = generator != Generator::none && a.spikes != nullptr;

  for (std::int64_t t = 0; t < a.shape.steps; ++t) {
    const std::int64_t at = (sample * a.shape.steps + t) * n + first;
    const P x = P::read(a.input + at, lanes);
    const P base = P::read_or_zero(a.base, at, lanes);
    const P before = m;
    for (int k = 0; k < K; ++k) {
      current.v[k] = alpha.v[k] * current.v[k] + x.v[k];
      v.v[k] = beta.v[k] * v.v[k] + (1 - beta.v[k]) * current.v[k];
      m.v[k] = v.v[k] + 2 * base.v[k];
    }
    if (a.membrane != nullptr) m.write(a.membrane + at, lanes);
    if (a.current != nullptr) current.write(a.current + at, lanes);
    if (!fires) continue;
    P spikes;
    for (int k = 0; k < K; ++k) {
      const Vec<T> u = squashed<squash, T>(a.shifted ? before.v[k] : m.v[k]);
      spikes.v[k] = emitted<generator, T>(u, previous.v[k], theta.v[k],
                                          draw<generator, T>(a.rule, at + k * P::lane_count));
      previous.v[k] = u;
      if (a.shifted && a.rule.from_rest && t == 0) spikes.v[k] = Vec<T>{};
      count.v[k] += spikes.v[k];
    }
    spikes.write(a.spikes + at, lanes);
  }
  if (a.counts != nullptr) count.write(a.counts + sample * n + first, lanes);
}

template <typename T, int K, Generator generator, Squash squash>
void filter_backward_tile(const FilterBackward<T>& a, std::int64_t sample, std::int64_t first,
                          int lanes) {
  using P = Pack<T, K>;
  const std::int64_t n = a.shape.neurons;
  const std::int64_t row = sample * a.shape.steps * n + first;
  const P alpha = P::read(a.alpha + first, lanes);
  const P beta = P::read(a.beta + first, lanes);
  const P theta = P::read_or_zero(a.threshold, first, lanes);
  const SurrogateSlope<T> surrogate(a.rule);
  const bool fires = generator != Generator::none && a.grad_spikes != nullptr;
  const bool decays = a.grad_alpha != nullptr || a.grad_beta != nullptr;
  P lambda = P::fill(0.0);
  P mu = P::fill(0.0);
  P d_alpha = P::fill(0.0);
  P d_beta = P::fill(0.0);
  P d_theta = P::fill(0.0);
  P later = P::fill(0.0);  // q[t+1], for delta

  // u of the sequence the rule saw, at its own index t.
  const auto rule_membrane = [&](std::int64_t t) {
    const std::int64_t from = a.shifted ? t - 1 : t;
    return from < 0 ? P::fill(0.0) : P::read(a.membrane + row + from * n, lanes);
  };
  const auto rule_u = [&](std::int64_t t, const P& m) {
    P u = P::fill(0.0);
    if (t < 0 && !a.rule.from_rest) return u;
    for (int k = 0; k < K; ++k) u.v[k] = squashed<squash, T>(m.v[k]);
    return u;
  };
  P rule_m = fires ? rule_membrane(a.shape.steps - 1) : P::fill(0.0);
  P u = fires ? rule_u(a.shape.steps - 1, rule_m) : P::fill(0.0);

  // The gradient that spike s[t] sends to the membrane it was made from.
  const auto through_rule = [&](std::int64_t t) {
    const std::int64_t at = row + t * n;
    const P gs = P::read(a.grad_spikes + at, lanes);
    P earlier_m = P::fill(0.0);
    P earlier = P::fill(0.0);
    if (generator == Generator::delta || t > 0) {
      earlier_m = rule_membrane(t - 1);
      earlier = rule_u(t - 1, earlier_m);
    }
    P g = P::fill(0.0);
    if (a.shifted && a.rule.from_rest && t == 0) return g;
    for (int k = 0; k < K; ++k) {
      const Vec<T> q = gs.v[k] * slope<generator, T>(u.v[k], earlier.v[k], theta.v[k],
                                                     draw<generator, T>(a.rule, at + k * P::lane_count),
                                                     surrogate);
      d_theta.v[k] -= q;
      Vec<T> to_u = q;
      if constexpr (generator == Generator::delta) {
        to_u = q - later.v[k];
        later.v[k] = q;
      }
      g.v[k] = to_u * squash_slope<squash, T>(rule_m.v[k], u.v[k]);
    }
    rule_m = earlier_m;
    u = earlier;
    return g;
  };

  P pending = P::fill(0.0);  // shifted: what s[t+1] sends to m[t]
  for (std::int64_t t = a.shape.steps - 1; t >= 0; --t) {
    const std::int64_t at = row + t * n;
    P g = P::read_or_zero(a.grad_membrane, at, lanes);
    if (fires) {
      const P sent = through_rule(t);
      for (int k = 0; k < K; ++k) g.v[k] += a.shifted ? pending.v[k] : sent.v[k];
      pending = sent;
    }
    for (int k = 0; k < K; ++k) {
      lambda.v[k] = g.v[k] + beta.v[k] * lambda.v[k];
      mu.v[k] = (1 - beta.v[k]) * lambda.v[k] + alpha.v[k] * mu.v[k];
    }
    if (a.grad_input != nullptr) mu.write(a.grad_input + at, lanes);
    if (a.grad_base != nullptr) {
      for (int k = 0; k < K; ++k) g.v[k] *= 2;
      g.write(a.grad_base + at, lanes);
    }
    if (decays) {
      const P now = P::read(a.current + at, lanes);
      const P before = t > 0 ? P::read(a.current + at - n, lanes) : P::fill(0.0);
      P v = t > 0 ? P::read(a.membrane + at - n, lanes) : P::fill(0.0);
      const P base = t > 0 ? P::read_or_zero(a.base, at - n, lanes) : P::fill(0.0);
      for (int k = 0; k < K; ++k) {
        v.v[k] -= 2 * base.v[k];
        d_beta.v[k] += lambda.v[k] * (v.v[k] - now.v[k]);
        d_alpha.v[k] += mu.v[k] * before.v[k];
      }
    }
  }
  const std::int64_t out = sample * n + first;
  if (a.grad_alpha != nullptr) d_alpha.write(a.grad_alpha + out, lanes);
  if (a.grad_beta != nullptr) d_beta.write(a.grad_beta + out, lanes);
  if (a.grad_threshold != nullptr) d_theta.write(a.grad_threshold + out, lanes);
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

template <typename T>
void filter_forward(const FilterForward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  const Tiling<T> tiling(a.shape);
  with_rule(a.rule, [&]<Generator g, Squash s>() {
    for (std::int64_t item = begin; item < end; ++item) {
      tiling.visit(
          item,
          [&](std::int64_t sample, std::int64_t first) {
            filter_forward_tile<T, tile_vectors, g, s>(a, sample, first, Lanes<T>::count);
          },
          [&](std::int64_t sample, std::int64_t first, int lanes) {
            filter_forward_tile<T, 1, g, s>(a, sample, first, lanes);
          });
    }
  });
}

template <typename T>
void filter_backward(const FilterBackward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  const Tiling<T> tiling(a.shape);
  with_rule(a.rule, [&]<Generator g, Squash s>() {
    for (std::int64_t item = begin; item < end; ++item) {
      tiling.visit(
          item,
          [&](std::int64_t sample, std::int64_t first) {
            filter_backward_tile<T, tile_vectors, g, s>(a, sample, first, Lanes<T>::count);
          },
          [&](std::int64_t sample, std::int64_t first, int lanes) {
            filter_backward_tile<T, 1, g, s>(a, sample, first, lanes);
          });
    }
  });
}

}  // namespace paralif::cpu::PARALIF_ISA
