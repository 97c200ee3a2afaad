// Starting kernels. Compiled as plain C++ (for tests on machines without a GPU), the threads of a
// kernel run one after the other on the host.
#pragma once

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "core/kernels/cuda/passes.h"

#if !defined(__CUDACC__)
#define __global__
#define __device__
struct HostIndex {
  unsigned x = 0;
};
inline thread_local HostIndex blockIdx;
inline thread_local HostIndex blockDim;
inline thread_local HostIndex threadIdx;
#endif

namespace paralif::cuda {

/// Queues at least `threads` threads of a kernel.
template <typename... Parameters>
void launch(void (*kernel)(Parameters...), std::int64_t threads, Stream stream,
            std::type_identity_t<Parameters>... arguments) {
  constexpr unsigned block = 128;
  const auto blocks = static_cast<unsigned>((threads + block - 1) / block);
#if defined(__CUDACC__)
  kernel<<<blocks, block, 0, stream>>>(arguments...);
  const cudaError_t error = cudaGetLastError();
  if (error != cudaSuccess) {
    throw std::runtime_error(std::string("CUDA: ") + cudaGetErrorString(error));
  }
#else
  static_cast<void>(stream);
  blockDim.x = block;
  for (blockIdx.x = 0; blockIdx.x < blocks; ++blockIdx.x) {
    for (threadIdx.x = 0; threadIdx.x < block; ++threadIdx.x) kernel(arguments...);
  }
#endif
}

}  // namespace paralif::cuda
