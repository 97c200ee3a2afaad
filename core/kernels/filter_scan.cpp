#include "core/kernels/filter_scan.h"

namespace paralif {

cpu::Chunks chunks_of(const cpu::Shape& shape, std::int64_t items) {
  // A single item leaves all but one core idle; 8 blocks keep the joins a small part.
  constexpr std::int64_t blocks_each = 8;
  const std::int64_t blocks = cpu::blocks(shape);
  if (items > 1 || blocks < 2 * blocks_each) return {};
  return {(blocks + blocks_each - 1) / blocks_each, blocks_each};
}

Decay decay_after(std::int64_t steps, double first, double second, double mixed) {
  // Powers of the matrix [[first, 0], [mixed, second]] by squaring: exact for equal decays too.
  Decay power{1.0, 1.0, 0.0};
  Decay square{first, second, mixed};
  for (; steps > 0; steps >>= 1) {
    if ((steps & 1) != 0) {
      power = {square.first * power.first, square.second * power.second,
               square.mixed * power.first + square.second * power.mixed};
    }
    square = {square.first * square.first, square.second * square.second,
              square.mixed * square.first + square.second * square.mixed};
  }
  return power;
}

template <typename T>
void join_forward(const cpu::Shape& shape, const cpu::Chunks& chunks, const T* alpha,
                  const T* beta, T* states) {
  const std::int64_t n = shape.neurons;
  const std::int64_t steps = chunks.blocks_each * cpu::block_steps;
  for (std::int64_t i = 0; i < n; ++i) {
    const double a = alpha[i];
    const double b = beta[i];
    const Decay decay = decay_after(steps, a, b, (1 - b) * a);
    for (std::int64_t sample = 0; sample < shape.batch; ++sample) {
      double current = 0.0;
      double membrane = 0.0;
      for (std::int64_t chunk = 1; chunk < chunks.count; ++chunk) {
        const std::int64_t block = sample * cpu::blocks(shape) + chunk * chunks.blocks_each;
        T* const at = states + block * 2 * n + i;
        membrane = at[n] + decay.second * membrane + decay.mixed * current;
        current = at[0] + decay.first * current;
        at[0] = static_cast<T>(current);
        at[n] = static_cast<T>(membrane);
      }
    }
  }
}

template <typename T>
void join_backward(const cpu::Shape& shape, const cpu::Chunks& chunks, const T* alpha,
                   const T* beta, T* adjoints) {
  const std::int64_t n = shape.neurons;
  const std::int64_t steps = chunks.blocks_each * cpu::block_steps;
  for (std::int64_t i = 0; i < n; ++i) {
    const double a = alpha[i];
    const double b = beta[i];
    const Decay decay = decay_after(steps, b, a, (1 - b) * b);  // lambda drives mu
    for (std::int64_t sample = 0; sample < shape.batch; ++sample) {
      double lambda = 0.0;
      double mu = 0.0;
      for (std::int64_t chunk = chunks.count - 2; chunk >= 0; --chunk) {
        T* const at = adjoints + (sample * chunks.count + chunk) * 2 * n + i;
        // The last chunk may be short, but nothing enters it from beyond.
        mu = at[0] + decay.second * mu + decay.mixed * lambda;
        lambda = at[n] + decay.first * lambda;
        at[0] = static_cast<T>(mu);
        at[n] = static_cast<T>(lambda);
      }
    }
  }
}

template void join_forward<float>(const cpu::Shape&, const cpu::Chunks&, const float*,
                                  const float*, float*);
template void join_forward<double>(const cpu::Shape&, const cpu::Chunks&, const double*,
                                   const double*, double*);
template void join_backward<float>(const cpu::Shape&, const cpu::Chunks&, const float*,
                                   const float*, float*);
template void join_backward<double>(const cpu::Shape&, const cpu::Chunks&, const double*,
                                    const double*, double*);

}  // namespace paralif
