#include "core/kernels/pass_tensors.h"

#include "core/kernels/cpu/buffer_pool.h"

namespace paralif {

torch::Tensor reused_empty(torch::IntArrayRef sizes, const torch::TensorOptions& options) {
  constexpr std::size_t worth_it = 1 << 16;
  const torch::TensorOptions plain = options.requires_grad(false);
  std::size_t bytes = plain.dtype().itemsize();
  for (const std::int64_t size : sizes) bytes *= static_cast<std::size_t>(size);
  if (bytes < worth_it || plain.device().type() != torch::kCPU) return torch::empty(sizes, plain);
  void* buffer = take_buffer(bytes);
  return torch::from_blob(
      buffer, sizes, [bytes](void* data) { return_buffer(data, bytes); }, plain);
}

torch::Tensor reused_like(const torch::Tensor& tensor) {
  return reused_empty(tensor.sizes(), tensor.options());
}

}  // namespace paralif
