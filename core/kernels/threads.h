// How many threads the kernels and Torch's own operations use.
#pragma once

namespace paralif {

/// All cores this process may run on, or OMP_NUM_THREADS where that is set.
int available_threads();

/// Uses that many from now on, in every thread that has not computed yet and in this one. Some
/// builds of LibTorch start with a single one. 0: available_threads().
void use_threads(int count = 0);

}  // namespace paralif
