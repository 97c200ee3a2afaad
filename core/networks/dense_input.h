// Events as a dense tensor.
#pragma once

#include <torch/types.h>

#include "core/values/spike_batch.h"

namespace paralif {

/// (samples, steps, inputs), float32: the spikes of each bin.
torch::Tensor dense_input(const SpikeBatch& batch);

}  // namespace paralif
