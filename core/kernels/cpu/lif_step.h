// One step of recurrent LIF, forward and backward. Included once for each instruction set.
#pragma once

#include "core/kernels/cpu/rules.h"
#include "core/kernels/cpu/sweeps.h"
#include "core/kernels/cpu/tiles.h"

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

template <typename T>
void lif_step_forward(const LifStepForward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  const Vec<T> one = splat<T>(1.0);
  const Vec<T> zero{};
  over_vectors<T>(a.shape, begin, end, [&](std::int64_t sample, std::int64_t first, int lanes) {
    const std::int64_t state = sample * a.shape.neurons + first;
    const std::int64_t at = (sample * a.shape.steps + a.t) * a.shape.neurons + first;
    const Vec<T> beta = load<T>(a.beta + first, lanes);
    const Vec<T> x = load<T>(a.input + at, lanes) + load<T>(a.recurrent + state, lanes);
    const Vec<T> current =
        load<T>(a.alpha + first, lanes) * load<T>(a.state_current + state, lanes) + x;
    Vec<T> drive = (1 - beta) * current;
    Vec<T> wait{};
    if (a.state_wait != nullptr) {
      wait = load<T>(a.state_wait + state, lanes) - 1;
      const Vec<T> gate = wait > 0 ? zero : one;
      drive *= gate;
      store<T>(a.gate + at, gate, lanes);
    }
    const Vec<T> u = beta * load<T>(a.state_membrane + state, lanes) + drive;
    Vec<T> v = u;
    Vec<T> spikes{};
    if (a.fires) {
      spikes = u - load<T>(a.threshold + first, lanes) > 0 ? one : zero;
      v = u * (1 - spikes);
      store<T>(a.spikes + at, spikes, lanes);
      store<T>(a.potential + at, u, lanes);
    }
    if (a.state_wait != nullptr) {
      wait = spikes > 0 ? splat<T>(a.refractory_steps) : wait;
      store<T>(a.state_wait + state, wait, lanes);
    }
    store<T>(a.membrane + at, v, lanes);
    store<T>(a.feedback + at, a.feeds_spikes ? spikes : (v > 0 ? v : zero), lanes);
    store<T>(a.state_current + state, current, lanes);
    store<T>(a.state_membrane + state, v, lanes);
    if (a.current != nullptr) store<T>(a.current + at, current, lanes);
  });
}

template <typename T>
void lif_step_backward(const LifStepBackward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  const SurrogateSlope<T> surrogate(a.rule);
  const Vec<T> one = splat<T>(1.0);
  const Vec<T> zero{};
  over_vectors<T>(a.shape, begin, end, [&](std::int64_t sample, std::int64_t first, int lanes) {
    const std::int64_t n = a.shape.neurons;
    const std::int64_t state = sample * n + first;
    const std::int64_t at = (sample * a.shape.steps + a.t) * n + first;
    const Vec<T> alpha = load<T>(a.alpha + first, lanes);
    const Vec<T> beta = load<T>(a.beta + first, lanes);
    const Vec<T> theta = load_or_zero(a.threshold, first, lanes);
    const Vec<T> u = load<T>(a.potential + at, lanes);
    const Vec<T> kept = a.fires ? (u - theta > 0 ? zero : one) : one;
    const Vec<T> fed = load<T>(a.grad_feedback + state, lanes);

    Vec<T> to_membrane = load_or_zero(a.grad_membrane, at, lanes);
    if (!a.feeds_spikes) to_membrane += u * kept > 0 ? fed : zero;
    Vec<T> q{};
    if (a.fires) {
      Vec<T> to_spikes = load_or_zero(a.grad_spikes, at, lanes);
      if (a.feeds_spikes) to_spikes += fed;
      q = to_spikes * surrogate(u - theta);
    }
    const Vec<T> lambda =
        q + (to_membrane + beta * load<T>(a.state_lambda + state, lanes)) * kept;
    const Vec<T> gate = a.gate != nullptr ? load<T>(a.gate + at, lanes) : one;
    const Vec<T> mu =
        (1 - beta) * gate * lambda + alpha * load<T>(a.state_mu + state, lanes);
    store<T>(a.state_lambda + state, lambda, lanes);
    store<T>(a.state_mu + state, mu, lanes);
    store<T>(a.grad_input + at, mu, lanes);

    const auto add = [&](T* sums, Vec<T> value) {
      if (sums != nullptr) store<T>(sums + state, load<T>(sums + state, lanes) + value, lanes);
    };
    add(a.grad_threshold, -q);
    if (a.current != nullptr) {
      const Vec<T> now = load<T>(a.current + at, lanes);
      const Vec<T> before = a.t > 0 ? load<T>(a.current + at - n, lanes) : zero;
      const Vec<T> earlier = a.t > 0 ? load<T>(a.potential + at - n, lanes) : zero;
      const Vec<T> v = a.fires && a.t > 0 ? (earlier - theta > 0 ? zero : earlier) : earlier;
      add(a.grad_beta, lambda * (v - now * gate));
      add(a.grad_alpha, mu * before);
    }
  });
}

}  // namespace paralif::cpu::PARALIF_ISA
