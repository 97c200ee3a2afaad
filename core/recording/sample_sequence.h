// The sequence of one sample out of a batch of one, in plain memory.
#pragma once

#include <torch/types.h>

namespace paralif {

/// (1, T, features...) as (T, units), float32 on the CPU.
inline torch::Tensor sample_sequence(const torch::Tensor& sequence) {
  return sequence.select(0, 0).flatten(1).to(torch::kCPU, torch::kFloat32).contiguous();
}

}  // namespace paralif
