// What happens to gradients between the backward pass and the optimiser's step.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace paralif {

/// Sums over the samples of a batch.
struct BatchTotals {
  double loss = 0.0;  ///< the mean loss times the samples
  std::int64_t correct = 0;
  std::int64_t seen = 0;
};

/// Brings together what the processes of a training computed of a batch. Called by the trainer's
/// thread once a batch, in every process in the same order.
class GradientSync {
 public:
  virtual ~GradientSync() = default;
  /// The largest number of time steps that any process has, so that all pad to the same.
  virtual std::int64_t longest(std::int64_t steps) = 0;
  /// Replaces gradients of the mean over this process's samples (`totals.seen`, maybe 0) by those
  /// of the mean over all processes' samples, and the totals by their sums.
  virtual void combine(std::vector<torch::Tensor>& gradients, BatchTotals& totals) = 0;
};

}  // namespace paralif
