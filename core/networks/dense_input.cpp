#include "core/networks/dense_input.h"

#include <ATen/Parallel.h>

namespace paralif {

torch::Tensor dense_input(const SpikeBatch& batch) {
  torch::Tensor dense = torch::zeros({batch.samples, batch.steps, batch.inputs}, torch::kFloat32);
  float* const values = dense.data_ptr<float>();
  const bool counted = !batch.value.empty();
  at::parallel_for(0, batch.samples * batch.steps, 4096, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t row = begin; row < end; ++row) {
      const auto first = static_cast<std::size_t>(batch.row_start[static_cast<std::size_t>(row)]);
      const auto last =
          static_cast<std::size_t>(batch.row_start[static_cast<std::size_t>(row) + 1]);
      for (std::size_t at = first; at < last; ++at) {
        values[row * batch.inputs + batch.unit[at]] = counted ? batch.value[at] : 1.0F;
      }
    }
  });
  return dense;
}

}  // namespace paralif
