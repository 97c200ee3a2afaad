// The passes of LIF without a synaptic filter (SpikingJelly's LIFNode and ParametricLIFNode) on
// the CPU: raw pointers, no Torch.
//
// u = keep v + gain x, s = H(u - threshold) with H(0) = 1, then v = 0 where s (hard reset) or
// v = u - s threshold (soft). Arrays are contiguous (batch, steps, neurons); keep, gain and
// threshold hold one value a neuron. Items are those of cpu/sweeps.h.
#pragma once

#include <cstdint>

#include "core/kernels/cpu/sweeps.h"
#include "core/kernels/steps/reset.h"
#include "core/values/spike_rule.h"

namespace paralif::cpu {

template <typename T>
struct ResetForward {
  Shape shape;
  Reset reset = Reset::hard;
  const T* input = nullptr;
  const T* keep = nullptr;
  const T* gain = nullptr;
  const T* threshold = nullptr;
  T* spikes = nullptr;     ///< null: no spikes wanted (reset none)
  T* potential = nullptr;  ///< u; null: not kept
  T* membrane = nullptr;   ///< v; null: not kept
};

template <typename T>
struct ResetBackward {
  Shape shape;
  Reset reset = Reset::hard;
  bool detached = false;             ///< the reset passes no gradient to the spike
  SpikeRule rule;                    ///< the surrogate is used
  const T* grad_spikes = nullptr;    ///< null: 0
  const T* grad_membrane = nullptr;  ///< null: 0
  const T* potential = nullptr;
  const T* input = nullptr;  ///< needed with the gradient of gain only
  const T* keep = nullptr;
  const T* gain = nullptr;
  const T* threshold = nullptr;
  T* grad_input = nullptr;
  T* grad_keep = nullptr;  ///< (batch, neurons); null: not wanted
  T* grad_gain = nullptr;
  T* grad_threshold = nullptr;
};

template <typename T>
struct ResetSweeps {
  void (*forward)(const ResetForward<T>&, std::int64_t begin, std::int64_t end);
  void (*backward)(const ResetBackward<T>&, std::int64_t begin, std::int64_t end);
};

/// The best set this machine can run.
template <typename T>
const ResetSweeps<T>& reset_sweeps();

}  // namespace paralif::cpu
