#include "core/kernels/threads.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

#if defined(_OPENMP)
#include <omp.h>
#endif

#include "core/kernels/interruption.h"

namespace paralif {

int available_threads() {
  if (const char* wanted = std::getenv("OMP_NUM_THREADS")) {
    const int count = std::atoi(wanted);
    if (count > 0) return count;
  }
#if defined(_OPENMP)
  return std::max(1, omp_get_num_procs());
#else
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
#endif
}

namespace {

/// Makes idle threads of OpenMP sleep soon instead of spinning for milliseconds.
///
/// A spinning thread takes the processor from the one it waits for: from OpenBLAS's threads, from
/// the window, from other programs. libgomp spins briefly only while there are more OpenMP threads
/// than processors, and OMP_WAIT_POLICY is read before main. So an idle second team is kept.
void wait_calmly() {
#if defined(_OPENMP)
  static const bool begun = [] {
    std::thread([] {
      int threads = 0;
#pragma omp parallel num_threads(std::max(2, omp_get_num_procs()))
      {
#pragma omp atomic
        threads += 1;
      }
      std::mutex mutex;
      std::unique_lock lock(mutex);
      std::condition_variable never;
      never.wait(lock, [] { return false; });
    }).detach();
    return true;
  }();
  (void)begun;
#endif
}

}  // namespace

int threads_for(double elements) {
  constexpr double elements_a_thread = 2e6;  // about a millisecond of fused passes
  return std::clamp(static_cast<int>(elements / elements_a_thread), 1, available_threads());
}

void use_blas_threads(int count) {
  // They are its own: Torch does not know of them.
  using Setter = void (*)(int);
  static const auto set =
      reinterpret_cast<Setter>(::dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
  static std::atomic<int> current{0};
  if (set != nullptr && current.exchange(count) != count) set(count);
}

void use_threads(int count) {
  wait_calmly();
  const int wanted = count > 0 ? count : available_threads();
  if (at::get_num_threads() != wanted) at::set_num_threads(wanted);
  use_blas_threads(wanted);
}

namespace {

struct Leases {
  std::mutex mutex;
  std::condition_variable ended;
  int count = 0;    ///< threads of those that compute now
  int holders = 0;
};

Leases& leases() {
  static Leases all;
  return all;
}

}  // namespace

ThreadLease::ThreadLease(int count) {
  constexpr auto patience = std::chrono::milliseconds(20);  // between two looks at the flag
  Leases& all = leases();
  std::unique_lock lock(all.mutex);
  while (all.holders > 0 && all.count != count) {
    all.ended.wait_for(lock, patience);
    throw_if_interrupted();
  }
  ++all.holders;
  all.count = count;
  use_threads(count);
}

ThreadLease::~ThreadLease() {
  Leases& all = leases();
  const std::lock_guard lock(all.mutex);
  if (--all.holders == 0) all.ended.notify_all();
}

}  // namespace paralif
