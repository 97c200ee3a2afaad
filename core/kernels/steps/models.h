// Every neuron model that is written as one step: its header and its name in the list. CPU sweeps
// of each instruction set, CUDA kernels, layers, lab, running time and bench are made from it.
#pragma once

#include "core/kernels/steps/adaptive_lif.h"
#include "core/kernels/steps/cuba_lif.h"

namespace PARALIF_STEP_SPACE {

template <typename... Models>
struct ModelList {
  static constexpr int count = sizeof...(Models);
};

using StepModels = ModelList<AdaptiveLif, CubaLif>;

}  // namespace PARALIF_STEP_SPACE
