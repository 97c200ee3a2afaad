#include "core/kernels/pass_tensors.h"

#include "core/kernels/tensor_memory.h"

namespace paralif {

torch::Tensor reused_empty(torch::IntArrayRef sizes, const torch::TensorOptions& options) {
  pool_tensor_memory();
  return torch::empty(sizes, options.requires_grad(false));
}

torch::Tensor reused_like(const torch::Tensor& tensor) {
  return reused_empty(tensor.sizes(), tensor.options());
}

}  // namespace paralif
