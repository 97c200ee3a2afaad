#include "core/kernels/threads.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

#if defined(_OPENMP)
#include <omp.h>
#endif

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

void use_threads(int count) {
  wait_calmly();
  const int wanted = count > 0 ? count : available_threads();
  if (at::get_num_threads() != wanted) at::set_num_threads(wanted);
}

}  // namespace paralif
