// The fused passes on an NVIDIA GPU: device pointers and a stream, no Torch.
//
// Arrays are contiguous (batch, steps, neurons) unless said otherwise; a thread follows one neuron
// of one sample through a chunk of time, neighbouring threads hold neighbouring neurons, so that
// every access is coalesced. The equations are those of cpu/sweeps.h; the draws of stochastic
// rules are the same as on the CPU. Sums over time leave one value a (sample, chunk, neuron), to
// be added up by the caller: no atomic additions, so that results repeat.
#pragma once

#include <cstdint>

#include "core/kernels/cpu/model_args.h"
#include "core/kernels/cpu/sweeps.h"

struct CUstream_st;

namespace paralif::cuda {

using Stream = CUstream_st*;

/// Steps of a chunk: all of them where batch x neurons fills the GPU, fewer where it does not.
std::int64_t chunk_steps_for(const cpu::Shape& shape);
inline std::int64_t chunks(const cpu::Shape& shape, std::int64_t chunk_steps) {
  return (shape.steps + chunk_steps - 1) / chunk_steps;
}

template <typename T>
struct FilterForward {
  cpu::Shape shape;
  std::int64_t chunk_steps = 0;
  SpikeRule rule;
  bool shifted = false;  ///< then a single chunk
  const T* input = nullptr;
  const T* base = nullptr;  ///< null: 0
  const T* alpha = nullptr;
  const T* beta = nullptr;
  const T* threshold = nullptr;
  T* membrane = nullptr;  ///< null: not kept
  T* current = nullptr;   ///< null: not kept
  T* spikes = nullptr;    ///< null: no spikes are wanted
  T* states = nullptr;    ///< (batch, chunks, 2, neurons), scratch; null with a single chunk
};

template <typename T>
struct FilterBackward {
  cpu::Shape shape;
  std::int64_t chunk_steps = 0;
  SpikeRule rule;
  bool shifted = false;
  const T* grad_spikes = nullptr;    ///< null: 0
  const T* grad_membrane = nullptr;  ///< null: 0
  const T* membrane = nullptr;
  const T* current = nullptr;  ///< needed with the decay gradients only
  const T* base = nullptr;
  const T* alpha = nullptr;
  const T* beta = nullptr;
  const T* threshold = nullptr;
  T* grad_input = nullptr;
  T* grad_base = nullptr;       ///< null: not wanted
  T* grad_alpha = nullptr;      ///< (batch, chunks, neurons); null: not wanted
  T* grad_beta = nullptr;       ///< as grad_alpha
  T* grad_threshold = nullptr;  ///< as grad_alpha
  T* adjoints = nullptr;        ///< (batch, chunks, 2, neurons), scratch; null with a single chunk
};

template <typename T>
struct LifForward {
  cpu::Shape shape;
  double refractory_steps = 0.0;
  const T* input = nullptr;
  const T* alpha = nullptr;
  const T* beta = nullptr;
  const T* threshold = nullptr;
  T* spikes = nullptr;
  T* potential = nullptr;  ///< before the reset; null: not kept
  T* gate = nullptr;       ///< 0 while refractory, else 1; null: not kept
  T* current = nullptr;    ///< null: not kept
};

template <typename T>
struct LifBackward {
  cpu::Shape shape;
  SpikeRule rule;
  const T* grad_spikes = nullptr;
  const T* potential = nullptr;
  const T* gate = nullptr;     ///< null: never refractory
  const T* current = nullptr;  ///< needed with the decay gradients only
  const T* alpha = nullptr;
  const T* beta = nullptr;
  const T* threshold = nullptr;
  T* grad_input = nullptr;
  T* grad_alpha = nullptr;  ///< (batch, neurons); null: not wanted
  T* grad_beta = nullptr;
  T* grad_threshold = nullptr;
};

/// Each queues its kernels and returns; throws std::runtime_error when CUDA refuses them.
template <typename T>
void filter_forward(const FilterForward<T>& pass, Stream stream);
template <typename T>
void filter_backward(const FilterBackward<T>& pass, Stream stream);
template <typename T>
void lif_forward(const LifForward<T>& pass, Stream stream);
template <typename T>
void lif_backward(const LifBackward<T>& pass, Stream stream);

/// One step of recurrent LIF, for all samples; the arguments are those of the CPU's.
template <typename T>
void lif_step_forward(const cpu::LifStepForward<T>& step, Stream stream);
template <typename T>
void lif_step_backward(const cpu::LifStepBackward<T>& step, Stream stream);

/// A neuron model written as one step, by its place in steps/models.h; the arguments are those of
/// the CPU's.
template <typename T>
void model_forward(int model, const cpu::ModelForward<T>& pass, Stream stream);
template <typename T>
void model_backward(int model, const cpu::ModelBackward<T>& pass, Stream stream);

}  // namespace paralif::cuda
