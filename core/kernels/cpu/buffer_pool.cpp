#include "core/kernels/cpu/buffer_pool.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <cstdlib>
#include <map>
#include <mutex>
#include <new>
#include <vector>

namespace paralif {
namespace {

constexpr std::size_t huge_page = std::size_t{1} << 21;
constexpr std::size_t most_idle = std::size_t{1} << 30;

/// Sizes in steps of an eighth, so that nearly equal sizes share their memory.
std::size_t rounded(std::size_t bytes) {
  std::size_t step = 4096;
  while (step * 16 <= bytes) step *= 2;
  if (bytes >= huge_page && step < huge_page / 8) step = huge_page / 8;
  return (bytes + step - 1) / step * step;
}

struct Pool {
  std::mutex mutex;
  std::map<std::size_t, std::vector<void*>> idle;
  std::size_t idle_bytes = 0;
};

/// Never destroyed: tensors of static lifetime may outlive everything else.
Pool& pool() {
  static Pool* const the_pool = new Pool;
  return *the_pool;
}

void* fresh(std::size_t bytes) {
  const bool large = bytes >= huge_page;
  const std::size_t alignment = large ? huge_page : 4096;
  void* buffer = std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
  if (buffer == nullptr) throw std::bad_alloc();
#if defined(__linux__)
  if (large) madvise(buffer, bytes, MADV_HUGEPAGE);
#endif
  return buffer;
}

}  // namespace

void* take_buffer(std::size_t bytes) {
  const std::size_t size = rounded(bytes);
  Pool& p = pool();
  {
    const std::lock_guard lock(p.mutex);
    const auto found = p.idle.find(size);
    if (found != p.idle.end() && !found->second.empty()) {
      void* buffer = found->second.back();
      found->second.pop_back();
      p.idle_bytes -= size;
      return buffer;
    }
  }
  return fresh(size);
}

void return_buffer(void* buffer, std::size_t bytes) noexcept {
  const std::size_t size = rounded(bytes);
  Pool& p = pool();
  try {
    const std::lock_guard lock(p.mutex);
    if (p.idle_bytes + size <= most_idle) {
      p.idle[size].push_back(buffer);
      p.idle_bytes += size;
      return;
    }
  } catch (const std::bad_alloc&) {
  }
  std::free(buffer);
}

std::size_t idle_buffer_bytes() {
  const std::lock_guard lock(pool().mutex);
  return pool().idle_bytes;
}

void release_idle_buffers() noexcept {
  Pool& p = pool();
  const std::lock_guard lock(p.mutex);
  for (auto& [size, buffers] : p.idle) {
    for (void* buffer : buffers) std::free(buffer);
  }
  p.idle.clear();
  p.idle_bytes = 0;
}

}  // namespace paralif
