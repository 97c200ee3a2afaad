// How many threads the kernels and Torch's own operations use.
#pragma once

namespace paralif {

/// All cores this process may run on, or OMP_NUM_THREADS where that is set.
int available_threads();

/// How many threads pay for a batch with so many (sample, step, neuron) elements in a layer. Small
/// batches get one: what the others would save is less than they take to wake, and on a busy
/// machine each wait for one costs milliseconds.
int threads_for(double elements);

/// Without a lease, for programs that compute one thing at a time: uses that many from now on, in every thread that has not computed yet and in this one, and for
/// matrix products too. Some builds of LibTorch start with a single one. 0: available_threads().
void use_threads(int count = 0);

/// A count of threads that holds while this lives, for all that compute at the same time: who wants
/// another count waits until those before have ended. So trainings side by side round as each of
/// them alone does, whatever the others are. Throws Interrupted while it waits.
class ThreadLease {
 public:
  /// Whoever holds a lease must not ask for another.
  explicit ThreadLease(int count);
  ~ThreadLease();
  ThreadLease(const ThreadLease&) = delete;
  ThreadLease& operator=(const ThreadLease&) = delete;
};

/// The threads of OpenBLAS alone, for the whole process. The rounding of a matrix product depends
/// on them; that of the passes of this project does not depend on any count.
void use_blas_threads(int count);

}  // namespace paralif
