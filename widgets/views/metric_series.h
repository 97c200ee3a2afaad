// The metrics of a run so far, as the curves show them, in bounded memory.
#pragma once

#include <optional>
#include <vector>

#include "core/experiments/training_changes.h"
#include "core/sessions/snapshot.h"
#include "core/values/metrics.h"

namespace paralif {

/// Batches are kept as means of `batchesAPoint` neighbours and epochs as every
/// `epochsAPoint`-th, and the newest of each; both double when a list is full.
struct MetricSeries {
  static constexpr std::size_t mostBatches = 8192;
  static constexpr std::size_t mostEpochs = 4096;

  std::vector<BatchMetrics> batches;
  std::vector<EpochMetrics> epochs;
  std::vector<AppliedChange> changes;
  std::optional<EpochMetrics> best;  ///< of all epochs, by validation; the first of equals; or none
  std::int64_t batchesPerEpoch = 0;  ///< 0: not known yet
  std::int64_t batchesAPoint = 1;
  std::int64_t epochsAPoint = 1;

  void add(const BatchMetrics& batch);
  void add(const EpochMetrics& epoch);
  void add(const Snapshot& snapshot);

  /// Position of a batch's end on an axis in epochs: 1.0 is the end of the first.
  [[nodiscard]] double epochOf(const BatchMetrics& batch) const {
    return place(batch.epoch, batch.batch);
  }
  [[nodiscard]] double epochOf(const AppliedChange& change) const {
    return place(change.epoch, change.batch);
  }

 private:
  [[nodiscard]] double place(std::int64_t epoch, std::int64_t batch) const {
    const double part = batchesPerEpoch > 0 ? double(batch) / double(batchesPerEpoch) : 0.0;
    return double(epoch - 1) + part;
  }

  std::int64_t inLastBatches_ = 0;  ///< batches that the newest point is the mean of
  std::int64_t inLastEpochs_ = 0;   ///< epochs since the newest but one was kept
};

}  // namespace paralif
