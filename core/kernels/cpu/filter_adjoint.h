// ParaLIF backward: from the gradients of spikes and membrane to those of input and settings.
// Each block goes through three short loops over the first-level cache: the membrane again, the
// spike rule, the adjoint recursion. Included once for each instruction set.
#pragma once

#include "core/kernels/cpu/filter_sweep.h"

namespace paralif::cpu::PARALIF_ISA {

/// Scratch of a block. m starts two steps before it, current and v one step before it.
template <typename T, int K>
struct AdjointBlock {
  using P = Pack<T, K>;
  P m[block_steps + 3];  ///< membrane, then the potential u of it
  P g[block_steps + 1];  ///< gradient that spike t sends to its membrane; one step more
  P current[block_steps + 1];
  P v[block_steps + 1];
};

template <typename T, int K, SpikeFunction spike_function, Squash squash>
class FilterAdjoint {
  using P = Pack<T, K>;

 public:
  FilterAdjoint(const FilterBackward<T>& args, const Place& place)
      : a_(args),
        place_(place),
        n_(args.shape.neurons),
        row_(place.sample * args.shape.steps * n_ + place.first),
        fires_(spike_function != SpikeFunction::none && args.grad_spikes != nullptr),
        decays_(args.grad_alpha != nullptr || args.grad_beta != nullptr) {}

  void run() {
    const Span span(a_.shape, a_.chunks, place_.chunk);
    const bool last_chunk = place_.chunk + 1 == a_.chunks.count;
    Filter<T, K> adjoint(a_.alpha, a_.beta, place_);
    block_.g[0] = P::fill(0.0);
    if (!last_chunk && a_.adjoints != nullptr) {
      const std::int64_t at = (place_.sample * a_.chunks.count + place_.chunk) * 2 * n_;
      adjoint.read_state(a_.adjoints + at + place_.first, n_, place_.lanes);
    }
    for (std::int64_t block = span.last_block - 1; block >= span.first_block; --block) {
      start_ = block * block_steps;
      const std::int64_t end = std::min(a_.shape.steps, start_ + block_steps);
      // The first change in the next chunk pulls at the last membrane of this one.
      const bool peek = spike_function == SpikeFunction::delta && fires_ && !last_chunk &&
                        block == span.last_block - 1 && end < a_.shape.steps;
      recall(end + (peek ? 1 : 0));
      if (fires_) through_rule(end - start_, peek);
      recur(adjoint, end - start_);
    }
    const std::int64_t out = (place_.sample * a_.chunks.count + place_.chunk) * n_ + place_.first;
    if (a_.grad_alpha != nullptr) d_alpha_.write(a_.grad_alpha + out, place_.lanes);
    if (a_.grad_beta != nullptr) d_beta_.write(a_.grad_beta + out, place_.lanes);
    if (a_.grad_threshold != nullptr) d_theta_.write(a_.grad_threshold + out, place_.lanes);
  }

 private:
  /// The forward pass of the steps [start_, end).
  void recall(std::int64_t end) {
    if (decays_ || (fires_ && a_.membrane == nullptr)) {
      Filter<T, K> filter(a_.alpha, a_.beta, place_);
      const std::int64_t block = place_.sample * blocks(a_.shape) + start_ / block_steps;
      filter.read_state(a_.states + block * 2 * n_ + place_.first, n_, place_.lanes);
      block_.current[0] = filter.current;
      block_.v[0] = filter.v;
      block_.m[1] = filter.v;
      const T* const x = a_.input + row_ + start_ * n_;
      const std::int64_t steps = end - start_;
      if (decays_) {
        for (std::int64_t i = 0; i < steps; ++i) {
          filter.step(P::read(x + i * n_, place_.lanes));
          block_.m[i + 2] = filter.v;
          if (i == block_steps) break;
          block_.current[i + 1] = filter.current;
          block_.v[i + 1] = filter.v;
        }
      } else {
        const T* const next = a_.grad_spikes + row_ + start_ * n_;
        for (std::int64_t i = 0; i < steps; ++i) {
          prefetch<T, K>(next + i * n_);
          filter.step(P::read(x + i * n_, place_.lanes));
          block_.m[i + 2] = filter.v;
        }
      }
      if (a_.base != nullptr) add_base(end);
    }
    if (fires_ && a_.membrane != nullptr) {
      for (std::int64_t t = start_ - 2; t < end; ++t) {
        block_.m[t - start_ + 2] =
            t < 0 ? P::fill(0.0) : P::read(a_.membrane + row_ + t * n_, place_.lanes);
      }
    }
  }

  void add_base(std::int64_t end) {
    for (std::int64_t t = std::max<std::int64_t>(0, start_ - 1); t < end; ++t) {
      const P base = P::read(a_.base + row_ + t * n_, place_.lanes);
      P& m = block_.m[t - start_ + 2];
      for (int k = 0; k < K; ++k) m.v[k] += 2 * base.v[k];
    }
  }

  /// Fills g for the block's steps; its entry behind them becomes that of the block after.
  void through_rule(std::int64_t steps, bool peek) {
    const SurrogateSlope<T> surrogate(a_.rule);
    const P theta = P::read_or_zero(a_.threshold, place_.first, place_.lanes);
    P* const m = block_.m + (a_.shifted ? 1 : 2);  // what the rule saw at its own step
    const P carried_g = block_.g[0];
    P previous = P::fill(0.0);
    if constexpr (spike_function == SpikeFunction::delta) {
      if (start_ > 0 || a_.rule.from_rest) {
        const P before = start_ > 0 ? m[-1] : P::fill(0.0);
        for (int k = 0; k < K; ++k) previous.v[k] = squashed<squash>(before.v[k]);
      }
    }
    P d_theta = d_theta_;
    const auto slope_at = [&](std::int64_t i) {
      const std::int64_t at = row_ + (start_ + i) * n_;
      const P gs = P::read(a_.grad_spikes + at, place_.lanes);
      P q;
      for (int k = 0; k < K; ++k) {
        const Vec<T> u = squashed<squash>(m[i].v[k]);
        q.v[k] = gs.v[k] * slope<spike_function>(u, previous.v[k], theta.v[k],
                                            draw<spike_function, T>(a_.rule, at + k * P::lane_count),
                                            surrogate);
        if constexpr (spike_function == SpikeFunction::delta) previous.v[k] = u;
        if constexpr (squash != Squash::identity) m[i].v[k] = u;
      }
      return q;
    };
    const std::int64_t next = row_ + (start_ - block_steps) * n_;
    for (std::int64_t i = 0; i < steps; ++i) {
      if (start_ > 0 && a_.input != nullptr) prefetch<T, K>(a_.input + next + i * n_);
      P q = slope_at(i);
      if (a_.shifted && a_.rule.from_rest && start_ + i == 0) q = P::fill(0.0);
      for (int k = 0; k < K; ++k) {
        d_theta.v[k] -= q.v[k];
        if constexpr (spike_function != SpikeFunction::delta && squash != Squash::identity) {
          q.v[k] *= squash_slope<squash>(m[i].v[k]);
        }
      }
      block_.g[i] = q;
    }
    d_theta_ = d_theta;
    if constexpr (spike_function == SpikeFunction::delta) {
      const P first = block_.g[0];
      P later = peek ? slope_at(steps) : later_;
      for (std::int64_t i = steps - 1; i >= 0; --i) {
        const P q = block_.g[i];
        for (int k = 0; k < K; ++k) {
          block_.g[i].v[k] = (q.v[k] - later.v[k]) * squash_slope<squash>(m[i].v[k]);
        }
        later = q;
      }
      later_ = first;
      if (a_.shifted && a_.rule.from_rest && start_ == 0) block_.g[0] = P::fill(0.0);
    }
    block_.g[steps] = carried_g;
  }

  /// The two filters backward in time over g.
  void recur(Filter<T, K>& filter, std::int64_t steps) {
    Filter<T, K> adjoint = filter;
    P d_alpha = d_alpha_;
    P d_beta = d_beta_;
    const bool stream = !a_.rule_only && streams(a_.shape, a_.grad_input);
    const bool stream_base = a_.grad_base != nullptr && streams(a_.shape, a_.grad_base);
    const P* const sent = block_.g + (a_.shifted ? 1 : 0);
    for (std::int64_t i = steps - 1; i >= 0; --i) {
      const std::int64_t at = row_ + (start_ + i) * n_;
      P g = fires_ ? sent[i] : P::fill(0.0);
      if (a_.grad_membrane != nullptr) {
        const P given = P::read(a_.grad_membrane + at, place_.lanes);
        for (int k = 0; k < K; ++k) g.v[k] += given.v[k];
      }
      if (a_.rule_only) {
        g.write(a_.grad_input + at, place_.lanes);
        continue;
      }
      adjoint.step_back(g);
      adjoint.current.write(a_.grad_input + at, place_.lanes, stream);
      if (a_.grad_base != nullptr) {
        for (int k = 0; k < K; ++k) g.v[k] *= 2;
        g.write(a_.grad_base + at, place_.lanes, stream_base);
      }
      if (!decays_) continue;
      for (int k = 0; k < K; ++k) {
        d_beta.v[k] += adjoint.v.v[k] * (block_.v[i].v[k] - block_.current[i + 1].v[k]);
        d_alpha.v[k] += adjoint.current.v[k] * block_.current[i].v[k];
      }
    }
    filter = adjoint;
    d_alpha_ = d_alpha;
    d_beta_ = d_beta;
  }

  const FilterBackward<T>& a_;
  Place place_;
  std::int64_t n_;
  std::int64_t row_;
  bool fires_;
  bool decays_;
  std::int64_t start_ = 0;  ///< first step of the block
  P d_alpha_ = P::fill(0.0);
  P d_beta_ = P::fill(0.0);
  P d_theta_ = P::fill(0.0);
  P later_ = P::fill(0.0);  ///< delta: the gradient of the change after the block
  AdjointBlock<T, K> block_;
};

template <typename T>
void filter_backward(const FilterBackward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  const Tiling<T> tiling(a.shape, a.chunks);
  with_rule(a.rule, [&]<SpikeFunction g, Squash s>() {
    tiling.visit(begin, end, [&]<int K>(const Place& at) {
      FilterAdjoint<T, K, g, s> adjoint(a, at);
      adjoint.run();
    });
  });
  finish_stores();
}

}  // namespace paralif::cpu::PARALIF_ISA
