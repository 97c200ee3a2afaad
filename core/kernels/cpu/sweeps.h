// The fused passes over (batch, time, neuron) on the CPU: raw pointers, no Torch.
//
// All arrays are contiguous (batch, steps, neurons) unless said otherwise; alpha, beta and
// threshold hold one value a neuron. A pass is cut into items (a sample and a tile of neurons);
// items are independent, so the caller shares [0, items) out over threads.
// Equations: Yarga and Wood (2024); adjoints derived from them by transposing the filter.
#pragma once

#include <cstdint>

#include "core/values/spike_rule.h"

namespace paralif::cpu {

struct Shape {
  std::int64_t batch = 0;
  std::int64_t steps = 0;
  std::int64_t neurons = 0;
};

/// Steps between two saved states of a forward pass; its backward pass recomputes the steps
/// between them in the first-level cache instead of reading them from memory.
inline constexpr std::int64_t block_steps = 64;

constexpr std::int64_t blocks(const Shape& shape) {
  return (shape.steps + block_steps - 1) / block_steps;
}

/// How a ParaLIF pass is cut in time: chunks of whole blocks that run at once.
struct Chunks {
  std::int64_t count = 1;
  std::int64_t blocks_each = 0;  ///< 0: all
};

/// ParaLIF: I = alpha I + x, v = beta v + (1 - beta) I, m = v + 2 base, s = rule(m).
/// With `shifted`, s[t] = rule(m[t-1]) and m[-1] = 0 (the hidden spikes of a recurrent layer).
template <typename T>
struct FilterForward {
  Shape shape;
  Chunks chunks;
  SpikeRule rule;
  bool shifted = false;
  const T* input = nullptr;
  const T* base = nullptr;  ///< null: 0
  const T* alpha = nullptr;
  const T* beta = nullptr;
  const T* threshold = nullptr;  ///< null: not needed by the rule
  T* membrane = nullptr;         ///< m; null: not kept
  T* spikes = nullptr;           ///< null: no spikes are wanted
  /// (batch, blocks, 2, neurons): I and v before each block; null: not kept. With several chunks
  /// the first block of each is read, the others are written.
  T* states = nullptr;
  T* counts = nullptr;  ///< (batch x chunks, neurons) sums of s over time; null: not wanted
};

template <typename T>
struct FilterBackward {
  Shape shape;
  Chunks chunks;
  SpikeRule rule;
  bool shifted = false;
  /// Only the gradient of m, to `grad_input`: the part that has no recursion.
  bool rule_only = false;
  const T* grad_spikes = nullptr;    ///< null: 0
  const T* grad_membrane = nullptr;  ///< null: 0; may be grad_input
  const T* membrane = nullptr;       ///< m of the forward pass; null: recomputed (not if shifted)
  const T* input = nullptr;          ///< with `states`: to recompute m, and I and v for decays
  const T* states = nullptr;
  const T* adjoints = nullptr;  ///< (batch, chunks, 2, neurons): lambda, mu after each; null: 0
  const T* base = nullptr;
  const T* alpha = nullptr;
  const T* beta = nullptr;
  const T* threshold = nullptr;
  T* grad_input = nullptr;
  T* grad_base = nullptr;   ///< null: not wanted
  T* grad_alpha = nullptr;  ///< (batch x chunks, neurons), to be summed; null: not wanted
  T* grad_beta = nullptr;   ///< as grad_alpha
  T* grad_threshold = nullptr;  ///< as grad_alpha
};

/// Ends of chunks run from zero state, and how they join: the two local passes of a scan.
template <typename T>
struct FilterEnds {
  Shape shape;
  Chunks chunks;
  bool backward = false;     ///< the adjoint filter, from the last step to the first
  const T* drive = nullptr;  ///< input, or the gradient of m
  const T* alpha = nullptr;
  const T* beta = nullptr;
  T* ends = nullptr;  ///< forward: as FilterForward::states; backward: as FilterBackward::adjoints
};

/// LIF: I = alpha I + x, u = beta v + (1 - beta) I m, s = H(u - threshold), v = u (1 - s);
/// m is 0 while refractory, else 1.
template <typename T>
struct LifForward {
  Shape shape;
  double refractory_steps = 0.0;
  const T* input = nullptr;
  const T* alpha = nullptr;
  const T* beta = nullptr;
  const T* threshold = nullptr;
  T* spikes = nullptr;
  T* membrane = nullptr;  ///< v, after the reset; null: not kept
  T* states = nullptr;    ///< (batch, blocks, 3, neurons): I, v, wait before each; null: not kept
  T* counts = nullptr;    ///< (batch, neurons); null: not wanted
};

template <typename T>
struct LifBackward {
  Shape shape;
  SpikeRule rule;  ///< the surrogate is used
  double refractory_steps = 0.0;
  const T* grad_spikes = nullptr;
  const T* input = nullptr;
  const T* states = nullptr;
  const T* alpha = nullptr;
  const T* beta = nullptr;
  const T* threshold = nullptr;
  T* grad_input = nullptr;
  T* grad_alpha = nullptr;  ///< (batch, neurons); null: not wanted
  T* grad_beta = nullptr;
  T* grad_threshold = nullptr;
};

/// One time step of recurrent LIF, for the samples [begin, end). Sequences are
/// (batch, steps, neurons) at step `t`; states and `recurrent` are (batch, neurons).
template <typename T>
struct LifStepForward {
  Shape shape;
  std::int64_t t = 0;
  double refractory_steps = 0.0;
  bool fires = true;
  bool feeds_spikes = true;
  const T* input = nullptr;
  const T* recurrent = nullptr;  ///< weight x feedback[t-1] + bias
  const T* alpha = nullptr;
  const T* beta = nullptr;
  const T* threshold = nullptr;
  T* state_current = nullptr;
  T* state_membrane = nullptr;
  T* state_wait = nullptr;  ///< null when there is no refractory period
  T* spikes = nullptr;      ///< null when the layer does not fire
  T* potential = nullptr;
  T* membrane = nullptr;
  T* feedback = nullptr;
  T* gate = nullptr;     ///< null when there is no refractory period
  T* current = nullptr;  ///< null: not kept
};

template <typename T>
struct LifStepBackward {
  Shape shape;
  std::int64_t t = 0;
  SpikeRule rule;
  bool fires = true;
  bool feeds_spikes = true;
  const T* grad_spikes = nullptr;    ///< null: 0
  const T* grad_membrane = nullptr;  ///< null: 0
  const T* grad_feedback = nullptr;  ///< (batch, neurons): weight^T x grad_input[t+1]
  const T* potential = nullptr;
  const T* gate = nullptr;
  const T* current = nullptr;
  const T* alpha = nullptr;
  const T* beta = nullptr;
  const T* threshold = nullptr;
  T* state_lambda = nullptr;
  T* state_mu = nullptr;
  T* grad_input = nullptr;
  T* grad_alpha = nullptr;  ///< (batch, neurons), added to; null: not wanted
  T* grad_beta = nullptr;
  T* grad_threshold = nullptr;
};

/// The passes of one instruction set.
template <typename T>
struct Sweeps {
  std::int64_t (*items)(const Shape&);  ///< of one chunk
  void (*filter_ends)(const FilterEnds<T>&, std::int64_t begin, std::int64_t end);
  void (*filter_forward)(const FilterForward<T>&, std::int64_t begin, std::int64_t end);
  void (*filter_backward)(const FilterBackward<T>&, std::int64_t begin, std::int64_t end);
  void (*lif_forward)(const LifForward<T>&, std::int64_t begin, std::int64_t end);
  void (*lif_backward)(const LifBackward<T>&, std::int64_t begin, std::int64_t end);
  void (*lif_step_forward)(const LifStepForward<T>&, std::int64_t begin, std::int64_t end);
  void (*lif_step_backward)(const LifStepBackward<T>&, std::int64_t begin, std::int64_t end);
  /// Uniform draws in (0, 1) for elements [begin, end) of a pass with this key.
  void (*uniform)(std::uint64_t key, T* values, std::int64_t begin, std::int64_t end);
};

/// The best set this machine can run.
template <typename T>
const Sweeps<T>& sweeps();

/// "AVX-512", "AVX2" or "portable": the best of this machine, unless the environment variable
/// PARALIF_INSTRUCTION_SET names a lesser one.
const char* instruction_set();
/// Whether this processor multiplies bfloat16 numbers by instructions of its own.
bool has_bfloat16();

}  // namespace paralif::cpu
