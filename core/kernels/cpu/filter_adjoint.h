// ParaLIF backward: from the gradients of spikes and membrane to those of input and settings.
// Included once for each instruction set.
#pragma once

#include "core/kernels/cpu/filter_sweep.h"

namespace paralif::cpu::PARALIF_ISA {

/// What a block's backward steps need of its forward steps, in the first-level cache.
/// m starts two steps before the block, so that m[t - 2] exists for shifted rules.
template <typename T, int K>
struct ForwardBlock {
  using P = Pack<T, K>;
  P m[block_steps + 3];
  P current[block_steps + 1];  ///< starts one step before the block
  P v[block_steps + 1];
};

template <typename T, int K, Generator generator, Squash squash>
class FilterAdjoint {
  using P = Pack<T, K>;

 public:
  FilterAdjoint(const FilterBackward<T>& args, const Place& place)
      : a_(args),
        place_(place),
        n_(args.shape.neurons),
        row_(place.sample * args.shape.steps * n_ + place.first),
        theta_(P::read_or_zero(args.threshold, place.first, place.lanes)),
        surrogate_(args.rule),
        adjoint_(args.alpha, args.beta, place) {}

  void run() {
    const Span span(a_.shape, a_.chunks, place_.chunk);
    const bool last_chunk = place_.chunk + 1 == a_.chunks.count;
    if (!last_chunk && a_.adjoints != nullptr) {
      const std::int64_t at = (place_.sample * a_.chunks.count + place_.chunk) * 2 * n_;
      adjoint_.read_state(a_.adjoints + at + place_.first, n_, place_.lanes);
    }
    for (std::int64_t block = span.last_block - 1; block >= span.first_block; --block) {
      start_ = block * block_steps;
      const std::int64_t end = std::min(a_.shape.steps, start_ + block_steps);
      const bool peek = generator == Generator::delta && !last_chunk &&
                        block == span.last_block - 1 && end < a_.shape.steps;
      recall(end + (peek ? 1 : 0));
      if (peek) {  // the first change of the next chunk pulls at our last membrane
        through_rule(end);
        d_theta_ = P::fill(0.0);
      }
      for (std::int64_t t = end - 1; t >= start_; --t) step(t);
    }
    const std::int64_t out =
        (place_.sample * a_.chunks.count + place_.chunk) * n_ + place_.first;
    if (a_.grad_alpha != nullptr) d_alpha_.write(a_.grad_alpha + out, place_.lanes);
    if (a_.grad_beta != nullptr) d_beta_.write(a_.grad_beta + out, place_.lanes);
    if (a_.grad_threshold != nullptr) d_theta_.write(a_.grad_threshold + out, place_.lanes);
  }

 private:
  bool fires() const { return generator != Generator::none && a_.grad_spikes != nullptr; }
  bool decays() const { return a_.grad_alpha != nullptr || a_.grad_beta != nullptr; }
  P& m(std::int64_t t) { return forward_.m[t - start_ + 2]; }

  /// Fills forward_ for the steps [start_, end).
  void recall(std::int64_t end) {
    const bool recompute = decays() || (fires() && a_.membrane == nullptr);
    if (recompute) {
      Filter<T, K> filter(a_.alpha, a_.beta, place_);
      const std::int64_t block = place_.sample * blocks(a_.shape) + start_ / block_steps;
      filter.read_state(a_.states + block * 2 * n_ + place_.first, n_, place_.lanes);
      forward_.current[0] = filter.current;
      forward_.v[0] = filter.v;
      m(start_ - 1) = with_base(filter.v, start_ - 1);
      for (std::int64_t t = start_; t < end; ++t) {
        filter.step(P::read(a_.input + row_ + t * n_, place_.lanes));
        m(t) = with_base(filter.v, t);
        if (decays() && t - start_ < block_steps) {
          forward_.current[t - start_ + 1] = filter.current;
          forward_.v[t - start_ + 1] = filter.v;
        }
      }
    }
    if (fires() && a_.membrane != nullptr) {
      for (std::int64_t t = start_ - 2; t < end; ++t) {
        m(t) = t < 0 ? P::fill(0.0) : P::read(a_.membrane + row_ + t * n_, place_.lanes);
      }
    }
  }

  P with_base(const P& v, std::int64_t t) const {
    if (a_.base == nullptr || t < 0) return v;
    P sum = P::read(a_.base + row_ + t * n_, place_.lanes);
    for (int k = 0; k < K; ++k) sum.v[k] = v.v[k] + 2 * sum.v[k];
    return sum;
  }

  /// The potential u that the rule saw at its own step t.
  P rule_u(std::int64_t t) {
    P u = P::fill(0.0);
    if (t < 0 && !a_.rule.from_rest) return u;
    const P& from = a_.shifted ? m(t - 1) : m(t);
    for (int k = 0; k < K; ++k) u.v[k] = squashed<squash, T>(t < 0 ? Vec<T>{} : from.v[k]);
    return u;
  }

  /// The gradient that spike s[t] sends to the membrane it was made from.
  P through_rule(std::int64_t t) {
    P g = P::fill(0.0);
    if (a_.shifted && a_.rule.from_rest && t == 0) return g;
    const std::int64_t at = row_ + t * n_;
    const P gs = P::read(a_.grad_spikes + at, place_.lanes);
    const P rule_m = a_.shifted ? m(t - 1) : m(t);
    const P u = known_u_ == t ? u_ : rule_u(t);
    P earlier = P::fill(0.0);
    if (generator == Generator::delta) {
      earlier = rule_u(t - 1);
      u_ = earlier;
      known_u_ = t - 1;
    }
    for (int k = 0; k < K; ++k) {
      const Vec<T> q =
          gs.v[k] * slope<generator, T>(u.v[k], earlier.v[k], theta_.v[k],
                                        draw<generator, T>(a_.rule, at + k * P::lane_count),
                                        surrogate_);
      d_theta_.v[k] -= q;
      Vec<T> to_u = q;
      if constexpr (generator == Generator::delta) {
        to_u = q - later_.v[k];
        later_.v[k] = q;
      }
      g.v[k] = to_u * squash_slope<squash, T>(rule_m.v[k], u.v[k]);
    }
    return g;
  }

  void step(std::int64_t t) {
    const std::int64_t at = row_ + t * n_;
    P g = P::read_or_zero(a_.grad_membrane, at, place_.lanes);
    if (fires()) {
      const P sent = through_rule(t);
      for (int k = 0; k < K; ++k) g.v[k] += a_.shifted ? pending_.v[k] : sent.v[k];
      pending_ = sent;
    }
    if (a_.rule_only) {
      g.write(a_.grad_input + at, place_.lanes);
      return;
    }
    adjoint_.step_back(g);
    adjoint_.current.write(a_.grad_input + at, place_.lanes);
    if (a_.grad_base != nullptr) {
      for (int k = 0; k < K; ++k) g.v[k] *= 2;
      g.write(a_.grad_base + at, place_.lanes);
    }
    if (!decays()) return;
    const std::int64_t i = t - start_;
    for (int k = 0; k < K; ++k) {
      d_beta_.v[k] +=
          adjoint_.v.v[k] * (forward_.v[i].v[k] - forward_.current[i + 1].v[k]);
      d_alpha_.v[k] += adjoint_.current.v[k] * forward_.current[i].v[k];
    }
  }

  const FilterBackward<T>& a_;
  Place place_;
  std::int64_t n_;
  std::int64_t row_;
  std::int64_t start_ = 0;  ///< first step of the block
  P theta_;
  SurrogateSlope<T> surrogate_;
  Filter<T, K> adjoint_;
  P d_alpha_ = P::fill(0.0);
  P d_beta_ = P::fill(0.0);
  P d_theta_ = P::fill(0.0);
  P later_ = P::fill(0.0);    ///< q[t+1], for delta
  P pending_ = P::fill(0.0);  ///< shifted: what s[t+1] sends to m[t]
  P u_ = P::fill(0.0);        ///< u at step known_u_
  std::int64_t known_u_ = -2;
  ForwardBlock<T, K> forward_;
};

template <typename T>
void filter_backward(const FilterBackward<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  const Tiling<T> tiling(a.shape, a.chunks);
  with_rule(a.rule, [&]<Generator g, Squash s>() {
    tiling.visit(begin, end,
                 [&]<int K>(const Place& at) { FilterAdjoint<T, K, g, s>(a, at).run(); });
  });
}

}  // namespace paralif::cpu::PARALIF_ISA
