// ParaLIF cut in time: which passes are, and how the states of the chunks join.
#pragma once

#include <torch/types.h>

#include "core/kernels/cpu/sweeps.h"

namespace paralif {

/// The chunks of a pass. Decided by the shape alone, so that the number of threads changes no
/// result.
cpu::Chunks chunks_of(const cpu::Shape& shape, std::int64_t items);

/// What is left of a state (2, neurons) after `steps` steps without input, in float64 a neuron:
/// first' = alpha^steps first, second' = beta^steps second + mixed first.
struct Decay {
  double first, second, mixed;
};
Decay decay_after(std::int64_t steps, double first, double second, double mixed);

/// Turns the ends of chunks that started from zero into the ends of the whole sequence, in place:
/// `states` (batch, blocks, 2, neurons) of the forward pass.
template <typename T>
void join_forward(const cpu::Shape& shape, const cpu::Chunks& chunks, const T* alpha,
                  const T* beta, T* states);

/// The same for the adjoint (batch, chunks, 2, neurons), from the last chunk to the first.
template <typename T>
void join_backward(const cpu::Shape& shape, const cpu::Chunks& chunks, const T* alpha,
                   const T* beta, T* adjoints);

}  // namespace paralif
