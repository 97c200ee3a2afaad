// Lets a front end end a long computation between two kernels, within milliseconds.
#pragma once

#include <atomic>

namespace paralif {

/// Thrown out of a forward or backward pass that was interrupted; not an error.
class Interrupted {};

/// While this lives, kernels called by this thread throw Interrupted once the flag is set.
class InterruptionScope {
 public:
  explicit InterruptionScope(const std::atomic<bool>& flag);
  ~InterruptionScope();
  InterruptionScope(const InterruptionScope&) = delete;
  InterruptionScope& operator=(const InterruptionScope&) = delete;

 private:
  const std::atomic<bool>* outer_;
};

/// Called at the start of every kernel.
void throw_if_interrupted();

}  // namespace paralif
