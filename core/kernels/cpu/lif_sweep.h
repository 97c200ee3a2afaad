// The LIF passes without recurrence. Included once for each instruction set.
#pragma once

#include "core/kernels/cpu/sweeps.h"
#include "core/kernels/cpu/tiles.h"
#include "core/kernels/steps/lif.h"
#include "core/kernels/steps/rules.h"

namespace paralif::cpu::PARALIF_ISA {

/// What a block of LIF steps leaves in the first-level cache. Entry 0 of current and v is the
/// step before the block.
template <typename T, int K>
struct LifBlock {
  using P = Pack<T, K>;
  P u[block_steps];  ///< potential before the reset
  P gate[block_steps];
  P current[block_steps + 1];
};

/// The recursion of a tile. Forward and backward passes call the same compiled function, so that
/// what backward recomputes fires exactly where forward fired.
template <typename T, int K, bool refractory>
struct LifTile {
  using P = Pack<T, K>;
  P alpha, beta, theta;
  P current = P::fill(0.0);
  P v = P::fill(0.0);
  P wait = P::fill(0.0);

  LifTile(const T* alphas, const T* betas, const T* thetas, const Place& at)
      : alpha(P::read(alphas + at.first, at.lanes)),
        beta(P::read(betas + at.first, at.lanes)),
        theta(P::read(thetas + at.first, at.lanes)) {}

  __attribute__((noinline)) void advance(const T* x, std::int64_t stride, int lanes,
                                         std::int64_t steps, T period, bool keep_current,
                                         LifBlock<T, K>& out) {
    const Vec<T> after_spike = splat<T>(period);
    P i = current;
    P membrane = v;
    P left = wait;
    for (std::int64_t t = 0; t < steps; ++t) {
      const P input = P::read(x + t * stride, lanes);
      for (int k = 0; k < K; ++k) {
        // Copies: by a reference into the pack it would live in memory, not in a register.
        Vec<T> now = i.v[k];
        Vec<T> waiting = left.v[k];
        Vec<T> gate{};
        const Vec<T> u = lif_potential<refractory>(alpha.v[k], beta.v[k], input.v[k],
                                                   membrane.v[k], now, waiting, gate);
        i.v[k] = now;
        membrane.v[k] = lif_reset(u, theta.v[k]);
        if constexpr (refractory) {
          out.gate[t].v[k] = gate;
          left.v[k] = lif_wait(u, theta.v[k], waiting, after_spike);
        }
        out.u[t].v[k] = u;
      }
      if (keep_current) out.current[t + 1] = i;
    }
    current = i;
    v = membrane;
    wait = left;
  }

  void read_state(const T* states, std::int64_t neurons, int lanes) {
    current = P::read(states, lanes);
    v = P::read(states + neurons, lanes);
    if constexpr (refractory) wait = P::read(states + 2 * neurons, lanes);
  }
  void write_state(T* states, std::int64_t neurons, int lanes) const {
    current.write(states, lanes);
    v.write(states + neurons, lanes);
    if constexpr (refractory) wait.write(states + 2 * neurons, lanes);
  }
};

template <typename T, int K, bool refractory>
void lif_forward_tile(const LifForward<T>& a, const Place& place) {
  using P = Pack<T, K>;
  const auto& [sample, first, lanes, chunk] = place;
  const std::int64_t n = a.shape.neurons;
  LifTile<T, K, refractory> tile(a.alpha, a.beta, a.threshold, place);
  LifBlock<T, K> block;
  const bool stream = streams(a.shape, a.spikes);
  P count = P::fill(0.0);
  for (std::int64_t start = 0; start < a.shape.steps; start += block_steps) {
    const std::int64_t row = (sample * a.shape.steps + start) * n + first;
    const std::int64_t steps = std::min(block_steps, a.shape.steps - start);
    if (a.states != nullptr) {
      const std::int64_t at = sample * blocks(a.shape) + start / block_steps;
      tile.write_state(a.states + at * 3 * n + first, n, lanes);
    }
    tile.advance(a.input + row, n, lanes, steps, static_cast<T>(a.refractory_steps), false, block);
    for (std::int64_t t = 0; t < steps; ++t) {
      P spikes;
      P v;
      for (int k = 0; k < K; ++k) {
        const Vec<T> u = block.u[t].v[k];
        spikes.v[k] = lif_spike(u, tile.theta.v[k]);
        v.v[k] = lif_reset(u, tile.theta.v[k]);
        count.v[k] += spikes.v[k];
      }
      spikes.write(a.spikes + row + t * n, lanes, stream);
      if (a.membrane != nullptr) v.write(a.membrane + row + t * n, lanes);
    }
  }
  if (a.counts != nullptr) count.write(a.counts + sample * n + first, lanes);
}

template <typename T, int K, bool refractory>
void lif_backward_tile(const LifBackward<T>& a, const Place& place) {
  using P = Pack<T, K>;
  const auto& [sample, first, lanes, chunk] = place;
  const std::int64_t n = a.shape.neurons;
  const SurrogateSlope<T> surrogate(a.rule);
  const bool decays = a.grad_alpha != nullptr || a.grad_beta != nullptr;
  LifTile<T, K, refractory> tile(a.alpha, a.beta, a.threshold, place);
  const P alpha = tile.alpha;
  const P beta = tile.beta;
  const P theta = tile.theta;
  LifBlock<T, K> block;
  const bool stream = streams(a.shape, a.grad_input);
  P lambda = P::fill(0.0);
  P mu = P::fill(0.0);
  P d_alpha = P::fill(0.0);
  P d_beta = P::fill(0.0);
  P d_theta = P::fill(0.0);
  for (std::int64_t index = blocks(a.shape) - 1; index >= 0; --index) {
    const std::int64_t start = index * block_steps;
    const std::int64_t row = (sample * a.shape.steps + start) * n + first;
    const std::int64_t steps = std::min(block_steps, a.shape.steps - start);
    const std::int64_t at = sample * blocks(a.shape) + index;
    tile.read_state(a.states + at * 3 * n + first, n, lanes);
    const P v_before = tile.v;
    block.current[0] = tile.current;
    tile.advance(a.input + row, n, lanes, steps, static_cast<T>(a.refractory_steps), decays,
                 block);
    for (std::int64_t t = steps - 1; t >= 0; --t) {
      const P gs = P::read(a.grad_spikes + row + t * n, lanes);
      for (int k = 0; k < K; ++k) {
        const Vec<T> z = block.u[t].v[k] - theta.v[k];
        const Vec<T> q = gs.v[k] * surrogate(z);
        d_theta.v[k] -= q;
        const Vec<T> carried = beta.v[k] * lambda.v[k];
        Vec<T> gate{};
        if constexpr (refractory) gate = block.gate[t].v[k];
        Vec<T> l = lambda.v[k];
        Vec<T> m = mu.v[k];
        lif_adjoint<refractory>(alpha.v[k], beta.v[k], z, q, carried, gate, l, m);
        lambda.v[k] = l;
        mu.v[k] = m;
      }
      mu.write(a.grad_input + row + t * n, lanes, stream);
      if (!decays) continue;
      for (int k = 0; k < K; ++k) {
        const Vec<T> v = t > 0 ? lif_reset(block.u[t - 1].v[k], theta.v[k]) : v_before.v[k];
        Vec<T> gate{};
        if constexpr (refractory) gate = block.gate[t].v[k];
        Vec<T> of_alpha = d_alpha.v[k];
        Vec<T> of_beta = d_beta.v[k];
        lif_decay_gradients<refractory>(lambda.v[k], mu.v[k], v, block.current[t + 1].v[k],
                                        block.current[t].v[k], gate, of_alpha, of_beta);
        d_alpha.v[k] = of_alpha;
        d_beta.v[k] = of_beta;
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
  if (a.refractory_steps > 0) {
    tiling.visit(begin, end, [&]<int K>(const Place& at) { lif_forward_tile<T, K, true>(a, at); });
  } else {
    tiling.visit(begin, end, [&]<int K>(const Place& at) { lif_forward_tile<T, K, false>(a, at); });
  }
  finish_stores();
}

template <typename T>
void lif_backward(const LifBackward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  const Tiling<T> tiling(a.shape);
  if (a.refractory_steps > 0) {
    tiling.visit(begin, end, [&]<int K>(const Place& at) { lif_backward_tile<T, K, true>(a, at); });
  } else {
    tiling.visit(begin, end, [&]<int K>(const Place& at) { lif_backward_tile<T, K, false>(a, at); });
  }
  finish_stores();
}

}  // namespace paralif::cpu::PARALIF_ISA
