#include "core/kernels/cpu/buffer_pool.h"

#if defined(__linux__)
#include <sys/mman.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <cstdlib>
#include <list>
#include <map>
#include <mutex>
#include <new>
#include <vector>

namespace paralif {
namespace {

constexpr std::size_t huge_page = std::size_t{1} << 21;
constexpr std::size_t gibibyte = std::size_t{1} << 30;

/// Sizes in steps of an eighth, so that nearly equal sizes share their memory.
std::size_t rounded(std::size_t bytes) {
  std::size_t step = 4096;
  while (step * 16 <= bytes) step *= 2;
  if (bytes >= huge_page && step < huge_page / 8) step = huge_page / 8;
  return (bytes + step - 1) / step * step;
}

/// A quarter of the machine's memory.
std::size_t bound_of_machine() {
#if defined(__linux__)
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page = sysconf(_SC_PAGE_SIZE);
  if (pages > 0 && page > 0) {
    return static_cast<std::size_t>(pages) * static_cast<std::size_t>(page) / 4;
  }
#endif
  return gibibyte;
}

struct Idle {
  void* buffer;
  std::size_t size;
};
using IdleList = std::list<Idle>;  // the longest idle first

struct Pool {
  std::mutex mutex;
  IdleList idle;
  std::map<std::size_t, std::vector<IdleList::iterator>> by_size;
  std::size_t idle_bytes = 0;
  std::size_t taken_bytes = 0;
  std::size_t most_taken = 0;  ///< since the last release
  const std::size_t bound = bound_of_machine();

  /// Twice as much as was ever in use at once: what a step has used in one size is not what it
  /// needs next in another.
  [[nodiscard]] std::size_t most_idle() const { return std::min(bound, 2 * most_taken); }

  /// Frees what has been idle the longest until the rest is within the bound.
  void trim() {
    while (idle_bytes > most_idle() && !idle.empty()) {
      const IdleList::iterator oldest = idle.begin();
      std::erase(by_size[oldest->size], oldest);
      idle_bytes -= oldest->size;
      std::free(oldest->buffer);
      idle.erase(oldest);
    }
  }
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
    p.taken_bytes += size;
    p.most_taken = std::max(p.most_taken, p.taken_bytes);
    const auto found = p.by_size.find(size);
    if (found != p.by_size.end() && !found->second.empty()) {
      const IdleList::iterator at = found->second.back();
      found->second.pop_back();
      void* buffer = at->buffer;
      p.idle.erase(at);
      p.idle_bytes -= size;
      return buffer;
    }
  }
  try {
    return fresh(size);
  } catch (const std::bad_alloc&) {
    release_idle_buffers();  // of other sizes
  }
  try {
    return fresh(size);
  } catch (const std::bad_alloc&) {
    const std::lock_guard lock(p.mutex);
    p.taken_bytes -= size;
    throw;
  }
}

void return_buffer(void* buffer, std::size_t bytes) noexcept {
  const std::size_t size = rounded(bytes);
  Pool& p = pool();
  const std::lock_guard lock(p.mutex);
  p.taken_bytes -= size;
  try {
    p.idle.push_back({buffer, size});
  } catch (const std::bad_alloc&) {
    std::free(buffer);
    return;
  }
  try {
    p.by_size[size].push_back(std::prev(p.idle.end()));
  } catch (const std::bad_alloc&) {
    p.idle.pop_back();
    std::free(buffer);
    return;
  }
  p.idle_bytes += size;
  p.trim();
}

std::size_t idle_buffer_bytes() {
  const std::lock_guard lock(pool().mutex);
  return pool().idle_bytes;
}

void release_idle_buffers() noexcept {
  Pool& p = pool();
  const std::lock_guard lock(p.mutex);
  for (const Idle& one : p.idle) std::free(one.buffer);
  p.idle.clear();
  p.by_size.clear();
  p.idle_bytes = 0;
  p.most_taken = p.taken_bytes;
}

}  // namespace paralif
