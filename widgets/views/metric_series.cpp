#include "widgets/views/metric_series.h"

namespace paralif {
namespace {

BatchMetrics mean(const BatchMetrics& a, double weightA, const BatchMetrics& b, double weightB) {
  BatchMetrics both = b;
  const double all = weightA + weightB;
  both.loss = (a.loss * weightA + b.loss * weightB) / all;
  both.accuracy = (a.accuracy * weightA + b.accuracy * weightB) / all;
  return both;
}

}  // namespace

void MetricSeries::add(const BatchMetrics& batch) {
  if (!batches.empty() && inLastBatches_ < batchesAPoint && inLastBatches_ > 0) {
    batches.back() = mean(batches.back(), double(inLastBatches_), batch, 1.0);
    ++inLastBatches_;
    return;
  }
  if (batches.size() >= mostBatches) {
    for (std::size_t i = 0; i + 1 < batches.size(); i += 2) {
      batches[i / 2] = mean(batches[i], 1.0, batches[i + 1], 1.0);
    }
    batches.resize(batches.size() / 2);
    batchesAPoint *= 2;
  }
  batches.push_back(batch);
  inLastBatches_ = 1;
}

void MetricSeries::add(const EpochMetrics& epoch) {
  if (epoch.validation_accuracy && (!best || *epoch.validation_accuracy > *best->validation_accuracy)) {
    best = epoch;
  }
  if (!epochs.empty() && inLastEpochs_ < epochsAPoint && inLastEpochs_ > 0) {
    epochs.back() = epoch;
    ++inLastEpochs_;
    return;
  }
  if (epochs.size() >= mostEpochs) {
    for (std::size_t i = 0; i + 1 < epochs.size(); i += 2) epochs[i / 2] = epochs[i + 1];
    epochs.resize(epochs.size() / 2);
    epochsAPoint *= 2;
  }
  epochs.push_back(epoch);
  inLastEpochs_ = 1;
}

void MetricSeries::add(const Snapshot& snapshot) {
  for (const BatchMetrics& batch : snapshot.batches_since) add(batch);
  for (const EpochMetrics& epoch : snapshot.epochs_since) add(epoch);
  changes.insert(changes.end(), snapshot.changes_since.begin(), snapshot.changes_since.end());
  if (snapshot.batches > 0) batchesPerEpoch = snapshot.batches;
}

}  // namespace paralif
