// One step of recurrent LIF, forward and backward. Included once for each instruction set.
#pragma once

#include <limits>

#include "core/kernels/cpu/sweeps.h"
#include "core/kernels/cpu/tiles.h"
#include "core/kernels/steps/lif.h"
#include "core/kernels/steps/rules.h"

namespace paralif::cpu::PARALIF_ISA {

/// Calls body(sample, first neuron, lanes) over the vectors of the samples [begin, end).
template <typename T, typename Body>
void over_vectors(const Shape& shape, std::int64_t begin, std::int64_t end, Body&& body) {
  for (std::int64_t sample = begin; sample < end; ++sample) {
    for (std::int64_t first = 0; first < shape.neurons; first += Lanes<T>::count) {
      body(sample, first,
           static_cast<int>(std::min<std::int64_t>(Lanes<T>::count, shape.neurons - first)));
    }
  }
}

template <typename T>
Vec<T> load_or_zero(const T* from, std::int64_t offset, int lanes) {
  return from == nullptr ? Vec<T>{} : load<T>(from + offset, lanes);
}

/// The threshold of a layer that fires; of one that does not, one that no potential reaches.
template <typename T>
Vec<T> reachable_threshold(const T* thresholds, bool fires, std::int64_t first, int lanes) {
  return fires ? load<T>(thresholds + first, lanes)
               : splat<T>(std::numeric_limits<double>::infinity());
}

template <typename T, bool refractory>
void lif_step_forward_of(const LifStepForward<T>& a, std::int64_t begin, std::int64_t end) {
  const Vec<T> period = splat<T>(a.refractory_steps);
  over_vectors<T>(a.shape, begin, end, [&](std::int64_t sample, std::int64_t first, int lanes) {
    const std::int64_t state = sample * a.shape.neurons + first;
    const std::int64_t at = (sample * a.shape.steps + a.t) * a.shape.neurons + first;
    const Vec<T> theta = reachable_threshold(a.threshold, a.fires, first, lanes);
    const Vec<T> x = load<T>(a.input + at, lanes) + load<T>(a.recurrent + state, lanes);
    Vec<T> current = load<T>(a.state_current + state, lanes);
    Vec<T> wait{};
    Vec<T> gate{};
    if constexpr (refractory) wait = load<T>(a.state_wait + state, lanes);
    const Vec<T> u = lif_potential<refractory>(
        load<T>(a.alpha + first, lanes), load<T>(a.beta + first, lanes), x,
        load<T>(a.state_membrane + state, lanes), current, wait, gate);
    const Vec<T> spikes = lif_spike(u, theta);
    const Vec<T> v = lif_reset(u, theta);
    if (a.fires) {
      store<T>(a.spikes + at, spikes, lanes);
      store<T>(a.potential + at, u, lanes);
    }
    if constexpr (refractory) {
      store<T>(a.gate + at, gate, lanes);
      store<T>(a.state_wait + state, lif_wait(u, theta, wait, period), lanes);
    }
    store<T>(a.membrane + at, v, lanes);
    store<T>(a.feedback + at, a.feeds_spikes ? spikes : (v > 0 ? v : Vec<T>{}), lanes);
    store<T>(a.state_current + state, current, lanes);
    store<T>(a.state_membrane + state, v, lanes);
    if (a.current != nullptr) store<T>(a.current + at, current, lanes);
  });
}

template <typename T>
void lif_step_forward(const LifStepForward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  if (a.state_wait != nullptr) return lif_step_forward_of<T, true>(a, begin, end);
  lif_step_forward_of<T, false>(a, begin, end);
}

template <typename T, bool refractory>
void lif_step_backward_of(const LifStepBackward<T>& a, std::int64_t begin, std::int64_t end) {
  const SurrogateSlope<T> surrogate(a.rule);
  const Vec<T> zero{};
  over_vectors<T>(a.shape, begin, end, [&](std::int64_t sample, std::int64_t first, int lanes) {
    const std::int64_t n = a.shape.neurons;
    const std::int64_t state = sample * n + first;
    const std::int64_t at = (sample * a.shape.steps + a.t) * n + first;
    const Vec<T> beta = load<T>(a.beta + first, lanes);
    const Vec<T> theta = reachable_threshold(a.threshold, a.fires, first, lanes);
    const Vec<T> u = load<T>(a.potential + at, lanes);
    const Vec<T> fed = load<T>(a.grad_feedback + state, lanes);

    Vec<T> to_membrane = load_or_zero(a.grad_membrane, at, lanes);
    if (!a.feeds_spikes) to_membrane += lif_reset(u, theta) > 0 ? fed : zero;
    Vec<T> q{};
    if (a.fires) {
      Vec<T> to_spikes = load_or_zero(a.grad_spikes, at, lanes);
      if (a.feeds_spikes) to_spikes += fed;
      q = to_spikes * surrogate(u - theta);
    }
    Vec<T> gate{};
    if constexpr (refractory) gate = load<T>(a.gate + at, lanes);
    Vec<T> lambda = load<T>(a.state_lambda + state, lanes);
    Vec<T> mu = load<T>(a.state_mu + state, lanes);
    const Vec<T> carried = to_membrane + beta * lambda;
    lif_adjoint<refractory>(load<T>(a.alpha + first, lanes), beta, u - theta, q, carried, gate,
                            lambda, mu);
    store<T>(a.state_lambda + state, lambda, lanes);
    store<T>(a.state_mu + state, mu, lanes);
    store<T>(a.grad_input + at, mu, lanes);

    const auto add = [&](T* sums, Vec<T> value) {
      if (sums != nullptr) store<T>(sums + state, load<T>(sums + state, lanes) + value, lanes);
    };
    add(a.grad_threshold, -q);
    if (a.current == nullptr) return;
    Vec<T> d_alpha{};
    Vec<T> d_beta{};
    lif_decay_gradients<refractory>(
        lambda, mu, a.t > 0 ? lif_reset(load<T>(a.potential + at - n, lanes), theta) : zero,
        load<T>(a.current + at, lanes), a.t > 0 ? load<T>(a.current + at - n, lanes) : zero, gate,
        d_alpha, d_beta);
    add(a.grad_beta, d_beta);
    add(a.grad_alpha, d_alpha);
  });
}

template <typename T>
void lif_step_backward(const LifStepBackward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  if (a.gate != nullptr) return lif_step_backward_of<T, true>(a, begin, end);
  lif_step_backward_of<T, false>(a, begin, end);
}

}  // namespace paralif::cpu::PARALIF_ISA
