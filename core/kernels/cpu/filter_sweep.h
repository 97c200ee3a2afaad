// ParaLIF forward, and the ends of its chunks. Included once for each instruction set.
#pragma once

#include "core/kernels/cpu/sweeps.h"
#include "core/kernels/cpu/tiles.h"
#include "core/kernels/steps/filter.h"
#include "core/kernels/steps/rules.h"

namespace paralif::cpu::PARALIF_ISA {

template <SpikeFunction spike_function, typename T>
inline Vec<T> draw(const SpikeRule& rule, std::int64_t element) {
  if constexpr (draws(spike_function)) return uniform<T>(rule.noise_key, element);
  (void)rule, (void)element;
  return Vec<T>{};
}

inline constexpr std::int64_t rows_ahead = 24;

/// Both one-pole filters of a tile.
template <typename T, int K>
struct Filter {
  using P = Pack<T, K>;
  P alpha, beta;
  P current = P::fill(0.0);
  P v = P::fill(0.0);

  Filter(const T* alphas, const T* betas, const Place& at)
      : alpha(P::read(alphas + at.first, at.lanes)), beta(P::read(betas + at.first, at.lanes)) {}

  void step(const P& x) {
    for (int k = 0; k < K; ++k) {
      filter_step(alpha.v[k], beta.v[k], x.v[k], current.v[k], v.v[k]);
    }
  }
  /// One step backward in time: current is mu, v is lambda.
  void step_back(const P& g) {
    for (int k = 0; k < K; ++k) {
      filter_adjoint(alpha.v[k], beta.v[k], g.v[k], v.v[k], current.v[k]);
    }
  }
  void read_state(const T* states, std::int64_t neurons, int lanes) {
    current = P::read(states, lanes);
    v = P::read(states + neurons, lanes);
  }
  void write_state(T* states, std::int64_t neurons, int lanes) const {
    current.write(states, lanes);
    v.write(states + neurons, lanes);
  }
};

template <typename T, int K, SpikeFunction spike_function, Squash squash>
void filter_forward_tile(const FilterForward<T>& a, const Place& place) {
  using P = Pack<T, K>;
  const auto [sample, first, lanes, chunk] = place;
  const std::int64_t n = a.shape.neurons;
  const std::int64_t row = sample * a.shape.steps * n + first;
  const Span span(a.shape, a.chunks, chunk);
  const P theta = P::read_or_zero(a.threshold, first, lanes);
  Filter<T, K> filter(a.alpha, a.beta, place);
  P count = P::fill(0.0);
  P m = P::fill(0.0);         // what the rule sees when shifted: m[t-1]
  P previous = P::fill(0.0);  // u[t-1]
  if (a.rule.from_rest) {
    for (int k = 0; k < K; ++k) previous.v[k] = squashed<squash>(Vec<T>{});
  }
  const auto states_of = [&, sample = sample, first = first](std::int64_t block) {
    return a.states + (sample * blocks(a.shape) + block) * 2 * n + first;
  };
  if (chunk > 0) {
    filter.read_state(states_of(span.first_block), n, lanes);
    const P base = P::read_or_zero(a.base, row + (span.first_block * block_steps - 1) * n, lanes);
    for (int k = 0; k < K; ++k) {
      m.v[k] = filter.v.v[k] + 2 * base.v[k];
      previous.v[k] = squashed<squash>(m.v[k]);
    }
  }
  const bool fires = spike_function != SpikeFunction::none && a.spikes != nullptr;
  const bool stream_spikes = fires && streams(a.shape, a.spikes);
  const bool stream_membrane = a.membrane != nullptr && streams(a.shape, a.membrane);

  for (std::int64_t block = span.first_block; block < span.last_block; ++block) {
    const bool given = chunk > 0 && block == span.first_block;
    if (a.states != nullptr && !given) filter.write_state(states_of(block), n, lanes);
    const std::int64_t last = std::min(a.shape.steps, (block + 1) * block_steps);
    for (std::int64_t t = block * block_steps; t < last; ++t) {
      const std::int64_t at = row + t * n;
      const P base = P::read_or_zero(a.base, at, lanes);
      const P before = m;
      prefetch<T, K>(a.input + at + rows_ahead * n);
      filter.step(P::read(a.input + at, lanes));
      for (int k = 0; k < K; ++k) m.v[k] = filter.v.v[k] + 2 * base.v[k];
      if (a.membrane != nullptr) m.write(a.membrane + at, lanes, stream_membrane);
      if (!fires) continue;
      P spikes;
      for (int k = 0; k < K; ++k) {
        const Vec<T> u = squashed<squash>(a.shifted ? before.v[k] : m.v[k]);
        spikes.v[k] = emitted<spike_function>(u, previous.v[k], theta.v[k],
                                         draw<spike_function, T>(a.rule, at + k * P::lane_count));
        previous.v[k] = u;
        if (a.shifted && a.rule.from_rest && t == 0) spikes.v[k] = Vec<T>{};
        count.v[k] += spikes.v[k];
      }
      spikes.write(a.spikes + at, lanes, stream_spikes);
    }
  }
  if (a.counts != nullptr) {
    count.write(a.counts + (sample * a.chunks.count + chunk) * n + first, lanes);
  }
}

/// The state that a chunk leaves behind when it starts from zero, where its follower starts.
template <typename T, int K>
void filter_ends_tile(const FilterEnds<T>& a, const Place& place) {
  using P = Pack<T, K>;
  const auto [sample, first, lanes, chunk] = place;
  const std::int64_t n = a.shape.neurons;
  const std::int64_t row = sample * a.shape.steps * n + first;
  const Span span(a.shape, a.chunks, chunk);
  const std::int64_t begin = span.first_block * block_steps;
  const std::int64_t end = std::min(a.shape.steps, span.last_block * block_steps);
  Filter<T, K> filter(a.alpha, a.beta, place);
  if (a.backward) {
    if (chunk == 0) return;
    for (std::int64_t t = end - 1; t >= begin; --t) {
      filter.step_back(P::read(a.drive + row + t * n, lanes));
    }
    filter.write_state(a.ends + (sample * a.chunks.count + chunk - 1) * 2 * n + first, n, lanes);
    return;
  }
  if (chunk + 1 == a.chunks.count) return;
  for (std::int64_t t = begin; t < end; ++t) filter.step(P::read(a.drive + row + t * n, lanes));
  filter.write_state(a.ends + (sample * blocks(a.shape) + span.last_block) * 2 * n + first, n,
                     lanes);
}

template <typename T>
void filter_forward(const FilterForward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  const Tiling<T> tiling(a.shape, a.chunks);
  with_rule(a.rule, [&]<SpikeFunction g, Squash s>() {
    tiling.visit(begin, end,
                 [&]<int K>(const Place& at) { filter_forward_tile<T, K, g, s>(a, at); });
  });
  finish_stores();
}

template <typename T>
void filter_ends(const FilterEnds<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  Tiling<T>(a.shape, a.chunks).visit(begin, end, [&]<int K>(const Place& at) {
    filter_ends_tile<T, K>(a, at);
  });
}

}  // namespace paralif::cpu::PARALIF_ISA
