#include "core/library/tensorboard.h"

#include "core/runs/event_file.h"
#include "core/runs/run_store.h"
#include "datasets/atomic_file.h"

namespace paralif {

std::int64_t write_tensorboard(const std::filesystem::path& run, const std::filesystem::path& file) {
  const RunRecord record = read_run_at(run, 0);
  double time = static_cast<double>(record.summary.started_at);
  EventFile events(time);
  std::size_t batch = 0;
  for (const EpochMetrics& epoch : record.epochs) {
    const std::size_t first = batch;
    while (batch < record.batches.size() && record.batches[batch].epoch <= epoch.epoch) ++batch;
    const auto count = static_cast<double>(batch - first);
    for (std::size_t i = first; i < batch; ++i) {
      const double share = static_cast<double>(i - first + 1) / count;
      events.add(record.batches[i], time + share * epoch.train_seconds);
    }
    time += epoch.train_seconds + epoch.test_seconds;
    events.add(epoch, time);
  }
  // Of an epoch that has not ended.
  for (; batch < record.batches.size(); ++batch) events.add(record.batches[batch], time);
  write_file(file, events.bytes());
  return events.scalars();
}

}  // namespace paralif
