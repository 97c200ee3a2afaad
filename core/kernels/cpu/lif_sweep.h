// The LIF passes without recurrence. Included once for each instruction set.
#pragma once

#include "core/kernels/cpu/rules.h"
#include "core/kernels/cpu/sweeps.h"
#include "core/kernels/cpu/tiles.h"

namespace paralif::cpu::PARALIF_ISA {

template <typename T, int K, bool refractory>
void lif_forward_tile(const LifForward<T>& a, std::int64_t sample, std::int64_t first, int lanes) {
  using P = Pack<T, K>;
  const std::int64_t n = a.shape.neurons;
  const P alpha = P::read(a.alpha + first, lanes);
  const P beta = P::read(a.beta + first, lanes);
  const P theta = P::read(a.threshold + first, lanes);
  const Vec<T> one = splat<T>(1.0);
  const Vec<T> zero{};
  const Vec<T> period = splat<T>(a.refractory_steps);
  P current = P::fill(0.0);
  P v = P::fill(0.0);
  P wait = P::fill(0.0);
  P count = P::fill(0.0);
  for (std::int64_t t = 0; t < a.shape.steps; ++t) {
    const std::int64_t at = (sample * a.shape.steps + t) * n + first;
    const P x = P::read(a.input + at, lanes);
    P u;
    P spikes;
    P gate;
    for (int k = 0; k < K; ++k) {
      current.v[k] = alpha.v[k] * current.v[k] + x.v[k];
      Vec<T> drive = (1 - beta.v[k]) * current.v[k];
      if constexpr (refractory) {
        wait.v[k] -= 1;
        gate.v[k] = wait.v[k] > 0 ? zero : one;
        drive *= gate.v[k];
      }
      u.v[k] = beta.v[k] * v.v[k] + drive;
      spikes.v[k] = u.v[k] - theta.v[k] > 0 ? one : zero;
      v.v[k] = u.v[k] * (1 - spikes.v[k]);
      if constexpr (refractory) wait.v[k] = spikes.v[k] > 0 ? period : wait.v[k];
      count.v[k] += spikes.v[k];
    }
    spikes.write(a.spikes + at, lanes);
    u.write(a.potential + at, lanes);
    if constexpr (refractory) gate.write(a.gate + at, lanes);
    if (a.current != nullptr) current.write(a.current + at, lanes);
  }
  if (a.counts != nullptr) count.write(a.counts + sample * n + first, lanes);
}

template <typename T, int K, bool refractory>
void lif_backward_tile(const LifBackward<T>& a, std::int64_t sample, std::int64_t first,
                       int lanes) {
  using P = Pack<T, K>;
  const std::int64_t n = a.shape.neurons;
  const std::int64_t row = sample * a.shape.steps * n + first;
  const P alpha = P::read(a.alpha + first, lanes);
  const P beta = P::read(a.beta + first, lanes);
  const P theta = P::read(a.threshold + first, lanes);
  const SurrogateSlope<T> surrogate(a.rule);
  const bool decays = a.grad_alpha != nullptr || a.grad_beta != nullptr;
  const Vec<T> one = splat<T>(1.0);
  const Vec<T> zero{};
  P lambda = P::fill(0.0);
  P mu = P::fill(0.0);
  P d_alpha = P::fill(0.0);
  P d_beta = P::fill(0.0);
  P d_theta = P::fill(0.0);
  for (std::int64_t t = a.shape.steps - 1; t >= 0; --t) {
    const std::int64_t at = row + t * n;
    const P u = P::read(a.potential + at, lanes);
    const P gs = P::read(a.grad_spikes + at, lanes);
    const P gate = refractory ? P::read(a.gate + at, lanes) : P::fill(1.0);
    for (int k = 0; k < K; ++k) {
      const Vec<T> z = u.v[k] - theta.v[k];
      const Vec<T> q = gs.v[k] * surrogate(z);
      d_theta.v[k] -= q;
      const Vec<T> kept = z > 0 ? zero : one;
      lambda.v[k] = q + beta.v[k] * lambda.v[k] * kept;
      Vec<T> to_current = (1 - beta.v[k]) * lambda.v[k];
      if constexpr (refractory) to_current *= gate.v[k];
      mu.v[k] = to_current + alpha.v[k] * mu.v[k];
    }
    mu.write(a.grad_input + at, lanes);
    if (decays) {
      const P now = P::read(a.current + at, lanes);
      const P before = t > 0 ? P::read(a.current + at - n, lanes) : P::fill(0.0);
      const P earlier = t > 0 ? P::read(a.potential + at - n, lanes) : P::fill(0.0);
      for (int k = 0; k < K; ++k) {
        const Vec<T> v = earlier.v[k] - theta.v[k] > 0 ? zero : earlier.v[k];
        d_beta.v[k] += lambda.v[k] * (v - now.v[k] * gate.v[k]);
        d_alpha.v[k] += mu.v[k] * before.v[k];
      }
    }
  }
  const std::int64_t out = sample * n + first;
  if (a.grad_alpha != nullptr) d_alpha.write(a.grad_alpha + out, lanes);
  if (a.grad_beta != nullptr) d_beta.write(a.grad_beta + out, lanes);
  if (a.grad_threshold != nullptr) d_theta.write(a.grad_threshold + out, lanes);
}

template <typename T>
void lif_forward(const LifForward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  const Tiling<T> tiling(a.shape);
  const auto run = [&]<bool refractory>() {
    for (std::int64_t item = begin; item < end; ++item) {
      tiling.visit(
          item,
          [&](std::int64_t sample, std::int64_t first) {
            lif_forward_tile<T, tile_vectors, refractory>(a, sample, first, Lanes<T>::count);
          },
          [&](std::int64_t sample, std::int64_t first, int lanes) {
            lif_forward_tile<T, 1, refractory>(a, sample, first, lanes);
          });
    }
  };
  a.gate != nullptr ? run.template operator()<true>() : run.template operator()<false>();
}

template <typename T>
void lif_backward(const LifBackward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  const Tiling<T> tiling(a.shape);
  const auto run = [&]<bool refractory>() {
    for (std::int64_t item = begin; item < end; ++item) {
      tiling.visit(
          item,
          [&](std::int64_t sample, std::int64_t first) {
            lif_backward_tile<T, tile_vectors, refractory>(a, sample, first, Lanes<T>::count);
          },
          [&](std::int64_t sample, std::int64_t first, int lanes) {
            lif_backward_tile<T, 1, refractory>(a, sample, first, lanes);
          });
    }
  };
  a.gate != nullptr ? run.template operator()<true>() : run.template operator()<false>();
}

}  // namespace paralif::cpu::PARALIF_ISA
