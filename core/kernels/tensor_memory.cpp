#include "core/kernels/tensor_memory.h"

#include <c10/core/CPUAllocator.h>
#include <torch/version.h>

#include <cstddef>
#include <cstdlib>
#include <mutex>
#include <new>

#include "core/kernels/cpu/buffer_pool.h"

namespace paralif {
namespace {

constexpr std::size_t worth_it = std::size_t{1} << 14;
constexpr std::size_t alignment = 64;

/// Stands before the array. A cache line, so that the array is aligned as Torch's own are.
struct alignas(alignment) Header {
  std::size_t pooled_bytes;  ///< 0: not of the pool
};
static_assert(sizeof(Header) == alignment);

void release(void* data) {
  if (data == nullptr) return;
  Header* const header = static_cast<Header*>(data) - 1;
  const std::size_t bytes = header->pooled_bytes;
  if (bytes == 0) {
    std::free(header);
  } else {
    return_buffer(header, bytes);
  }
}

void* array_of(std::size_t size) {
  const std::size_t bytes = (sizeof(Header) + size + alignment - 1) / alignment * alignment;
  if (bytes < size) throw std::bad_alloc();
  const bool pooled = bytes >= worth_it;
  void* const memory = pooled ? take_buffer(bytes) : std::aligned_alloc(alignment, bytes);
  if (memory == nullptr) throw std::bad_alloc();
  auto* const header = new (memory) Header{pooled ? bytes : 0};
  return header + 1;
}

class PooledAllocator final : public c10::Allocator {
 public:
#if TORCH_VERSION_MAJOR >= 2
  c10::DataPtr allocate(std::size_t size) override { return made(size); }
  void copy_data(void* to, const void* from, std::size_t count) const override {
    default_copy_data(to, from, count);
  }
#else
  c10::DataPtr allocate(std::size_t size) const override { return made(size); }
#endif
  [[nodiscard]] c10::DeleterFnPtr raw_deleter() const override { return &release; }

 private:
  static c10::DataPtr made(std::size_t size) {
    const c10::Device device(c10::DeviceType::CPU);
    if (size == 0) return {nullptr, device};
    void* const array = array_of(size);
    return {array, array, &release, device};
  }
};

}  // namespace

void pool_tensor_memory() {
  static std::once_flag once;
  std::call_once(once, [] {
    // Never destroyed: tensors of static lifetime may outlive everything else.
    c10::SetCPUAllocator(new PooledAllocator, 1);
  });
}

}  // namespace paralif
