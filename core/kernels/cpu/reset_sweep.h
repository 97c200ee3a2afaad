// LIF without a synaptic filter, forward and backward. Included once for each instruction set.
#pragma once

#include "core/kernels/cpu/reset_args.h"
#include "core/kernels/cpu/tiles.h"
#include "core/kernels/steps/reset.h"
#include "core/kernels/steps/rules.h"

namespace paralif::cpu::PARALIF_ISA {

template <typename T, int K, Reset reset>
void reset_forward_tile(const ResetForward<T>& a, const Place& place) {
  using P = Pack<T, K>;
  const auto& [sample, first, lanes, chunk] = place;
  const std::int64_t n = a.shape.neurons;
  const P keep = P::read(a.keep + first, lanes);
  const P gain = P::read(a.gain + first, lanes);
  const P theta = P::read(a.threshold + first, lanes);
  const bool stream = a.spikes != nullptr && streams(a.shape, a.spikes);
  P v = P::fill(0.0);
  for (std::int64_t t = 0; t < a.shape.steps; ++t) {
    const std::int64_t at = (sample * a.shape.steps + t) * n + first;
    const P x = P::read(a.input + at, lanes);
    P u;
    P spikes;
    for (int k = 0; k < K; ++k) {
      u.v[k] = reset_potential(keep.v[k], gain.v[k], x.v[k], v.v[k]);
      if constexpr (reset != Reset::none) spikes.v[k] = reset_spike(u.v[k], theta.v[k]);
      v.v[k] = after_reset<reset>(u.v[k], theta.v[k]);
    }
    if constexpr (reset != Reset::none) spikes.write(a.spikes + at, lanes, stream);
    if (a.potential != nullptr) u.write(a.potential + at, lanes);
    if (a.membrane != nullptr) v.write(a.membrane + at, lanes);
  }
}

template <typename T, int K, Reset reset>
void reset_backward_tile(const ResetBackward<T>& a, const Place& place) {
  using P = Pack<T, K>;
  const auto& [sample, first, lanes, chunk] = place;
  const std::int64_t n = a.shape.neurons;
  const SurrogateSlope<T> surrogate(a.rule);
  const P keep = P::read(a.keep + first, lanes);
  const P gain = P::read(a.gain + first, lanes);
  const P theta = P::read(a.threshold + first, lanes);
  const bool stream = streams(a.shape, a.grad_input);
  const Vec<T> zero{};
  P carried = P::fill(0.0);  // keep x the gradient of the next step's potential
  P d_keep = P::fill(0.0);
  P d_gain = P::fill(0.0);
  P d_theta = P::fill(0.0);
  for (std::int64_t t = a.shape.steps - 1; t >= 0; --t) {
    const std::int64_t at = (sample * a.shape.steps + t) * n + first;
    const P u = P::read(a.potential + at, lanes);
    const P before = t > 0 ? P::read(a.potential + at - n, lanes) : P::fill(0.0);
    const P gs = P::read_or_zero(a.grad_spikes, at, lanes);
    const P gv = P::read_or_zero(a.grad_membrane, at, lanes);
    const P x = P::read_or_zero(a.input, at, lanes);
    P dx;
    for (int k = 0; k < K; ++k) {
      const Vec<T> to_membrane = gv.v[k] + carried.v[k];
      const Vec<T> du = reset_adjoint<reset>(u.v[k], theta.v[k], to_membrane, gs.v[k], a.detached,
                                             surrogate, d_theta.v[k]);
      const Vec<T> v = t > 0 ? after_reset<reset>(before.v[k], theta.v[k]) : zero;
      d_keep.v[k] += du * v;
      d_gain.v[k] += du * x.v[k];
      dx.v[k] = gain.v[k] * du;
      carried.v[k] = keep.v[k] * du;
    }
    dx.write(a.grad_input + at, lanes, stream);
  }
  const std::int64_t out = sample * n + first;
  if (a.grad_keep != nullptr) d_keep.write(a.grad_keep + out, lanes);
  if (a.grad_gain != nullptr) d_gain.write(a.grad_gain + out, lanes);
  if (a.grad_threshold != nullptr) d_theta.write(a.grad_threshold + out, lanes);
}

template <typename T>
void reset_forward(const ResetForward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  Tiling<T>(a.shape).visit(begin, end, [&]<int K>(const Place& at) {
    switch (a.reset) {
      case Reset::none:
        return reset_forward_tile<T, K, Reset::none>(a, at);
      case Reset::hard:
        return reset_forward_tile<T, K, Reset::hard>(a, at);
      case Reset::soft:
        return reset_forward_tile<T, K, Reset::soft>(a, at);
    }
  });
  finish_stores();
}

template <typename T>
void reset_backward(const ResetBackward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  Tiling<T>(a.shape).visit(begin, end, [&]<int K>(const Place& at) {
    switch (a.reset) {
      case Reset::none:
        return reset_backward_tile<T, K, Reset::none>(a, at);
      case Reset::hard:
        return reset_backward_tile<T, K, Reset::hard>(a, at);
      case Reset::soft:
        return reset_backward_tile<T, K, Reset::soft>(a, at);
    }
  });
  finish_stores();
}

}  // namespace paralif::cpu::PARALIF_ISA
