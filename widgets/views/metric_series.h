// All metrics of a run so far, as the curves show them.
#pragma once

#include <vector>

#include "core/session/snapshot.h"

namespace paralif {

struct MetricSeries {
  std::vector<BatchMetrics> batches;
  std::vector<EpochMetrics> epochs;
  std::int64_t batchesPerEpoch = 0;  ///< 0: not known yet

  /// Position of a batch's end on an axis in epochs: 1.0 is the end of the first.
  [[nodiscard]] double epochOf(const BatchMetrics& batch) const {
    const double part = batchesPerEpoch > 0 ? double(batch.batch) / double(batchesPerEpoch) : 0.0;
    return double(batch.epoch - 1) + part;
  }
};

}  // namespace paralif
