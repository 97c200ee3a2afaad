// The passes of a neuron model that is written as one step: raw pointers, no Torch.
//
// Arrays are contiguous (batch, steps, neurons); all states are 0 before the first step. Items are
// those of cpu/sweeps.h.
#pragma once

#include <cstdint>

#include "core/kernels/cpu/sweeps.h"
#include "core/values/spike_rule.h"

namespace paralif::cpu {

template <typename T>
struct ModelForward {
  Shape shape;
  bool fires = true;
  const T* input = nullptr;
  const T* coefficients = nullptr;  ///< (parameters, neurons)
  T* spikes = nullptr;              ///< null: not kept
  T* potential = nullptr;           ///< the membrane before the reset; null: not kept
  T* membrane = nullptr;            ///< the first state; null: not kept
  T* states = nullptr;              ///< (states, batch, steps, neurons), after each step; or null
};

template <typename T>
struct ModelBackward {
  Shape shape;
  bool fires = true;
  SpikeRule rule;                    ///< the surrogate is used
  const T* grad_spikes = nullptr;    ///< null: 0
  const T* grad_membrane = nullptr;  ///< null: 0
  const T* input = nullptr;
  const T* coefficients = nullptr;
  const T* states = nullptr;
  T* grad_input = nullptr;
  T* grad_coefficients = nullptr;  ///< (parameters, batch, neurons); null: not wanted
};

template <typename T>
struct ModelSweeps {
  void (*forward)(const ModelForward<T>&, std::int64_t begin, std::int64_t end) = nullptr;
  void (*backward)(const ModelBackward<T>&, std::int64_t begin, std::int64_t end) = nullptr;
};

/// Of the model at this place of steps/models.h, for the best instruction set of this machine.
template <typename T>
const ModelSweeps<T>& model_sweeps(int model);

}  // namespace paralif::cpu
