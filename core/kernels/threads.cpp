#include "core/kernels/threads.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstdlib>
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

void use_threads(int count) {
  const int wanted = count > 0 ? count : available_threads();
  if (at::get_num_threads() != wanted) at::set_num_threads(wanted);
}

}  // namespace paralif
