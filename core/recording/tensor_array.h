// A tensor as an array of a record.
#pragma once

#include <torch/types.h>

#include <utility>

#include "core/values/record.h"

namespace paralif {

/// In plain memory, as float32.
inline RecordArray array_of(std::string name, const torch::Tensor& tensor, std::string unit = {}) {
  const torch::Tensor plain =
      tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
  const float* const first = plain.data_ptr<float>();
  return {std::move(name),
          {plain.sizes().begin(), plain.sizes().end()},
          {first, first + plain.numel()},
          std::move(unit)};
}

}  // namespace paralif
