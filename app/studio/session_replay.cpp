// Recorded epochs of the run shown, one at a time.
#include <utility>

#include "app/studio/session_controller.h"

namespace paralif {

void SessionController::setRecorded(std::vector<std::int64_t> epochs) {
  replaying_.cancel();
  replayed_ = 0;
  wanted_ = 0;
  if (epochs == recorded_) return;
  recorded_ = std::move(epochs);
  Q_EMIT recordedEpochsChanged();
}

void SessionController::replay(std::int64_t epoch) {
  wanted_ = epoch;
  if (epoch != 0) {
    if (epoch != replayed_ && !replaying_.isRunning()) readWanted();
    return;
  }
  if (replayed_ == 0) return;
  replayed_ = 0;
  Snapshot now = latest_;
  now.batches_since.clear();
  now.epochs_since.clear();
  now.log_since.clear();
  now.changes_since.clear();
  Q_EMIT snapshotTaken(now);
  Q_EMIT replayChanged();
}

void SessionController::readWanted() {
  replaying_.start(
      [folder = std::filesystem::path(latest_.run_folder), epoch = wanted_](JobControl&) {
        return std::pair(epoch, run_files::read_epoch(folder, epoch));
      },
      [this](const std::pair<std::int64_t, Records>& read) {
        if (wanted_ == 0) return;  // given up meanwhile
        showEpoch(read.first, read.second);
        if (wanted_ != read.first) readWanted();
      });
}

void SessionController::showEpoch(std::int64_t epoch, const Records& records) {
  Snapshot then = latest_;
  then.batches_since.clear();
  then.epochs_since.clear();
  then.log_since.clear();
  then.changes_since.clear();
  then.watch_problem.clear();
  then.records = records;
  replayed_ = epoch;
  Q_EMIT snapshotTaken(then);
  Q_EMIT replayChanged();
}

}  // namespace paralif
