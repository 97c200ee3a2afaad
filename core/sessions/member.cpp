#include "core/sessions/member.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "core/experiments/experiment_file.h"
#include "core/sessions/meeting.h"
#include "core/training/process_group.h"
#include "core/training/state_file.h"
#include "core/training/trainer.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace {

constexpr auto pause_between_looks = std::chrono::milliseconds(20);
constexpr auto time_to_begin = std::chrono::minutes(5);

/// Whether there is something to train; false once process 0 has ended.
bool wait_until_ready(const ProcessShare& share) {
  const auto until = std::chrono::steady_clock::now() + time_to_begin;
  while (!meeting::is_there(share.file(meeting::ready))) {
    if (meeting::is_there(share.file(meeting::ended))) return false;
    if (std::chrono::steady_clock::now() > until) {
      throw Error(Error::Kind::file, share.meeting.string(),
                  "the first process of the training did not come within five minutes");
    }
    std::this_thread::sleep_for(pause_between_looks);
  }
  return true;
}

bool has_ended(const ProcessShare& share) {
  return meeting::is_there(share.file(meeting::ended)) || !meeting::is_there(share.meeting);
}

void train(const ProcessShare& share) {
  const Experiment experiment = load_experiment(share.file(meeting::experiment));
  const DataSplit data = open_data(experiment.dataset);
  ProcessGroup group(share);
  Trainer trainer(experiment, data, {share.rank, share.world}, &group);
  const auto state = share.file(meeting::state);
  trainer.restore(read_state(state), state.string());
  group.join();
  while (!trainer.finished()) {
    while (!trainer.epoch_trained()) trainer.train_batch();
    trainer.begin_next_epoch();
  }
}

}  // namespace

void train_as_member(const ProcessShare& share) {
  if (!wait_until_ready(share)) return;
  try {
    train(share);
  } catch (const std::exception& error) {
    // Process 0 closes its connections when it ends.
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (std::chrono::steady_clock::now() < until) {
      if (has_ended(share)) return;
      if (dynamic_cast<const Error*>(&error) == nullptr ||
          static_cast<const Error&>(error).kind() != Error::Kind::device) {
        break;  // a failure of this process's own
      }
      std::this_thread::sleep_for(pause_between_looks);
    }
    write_file(share.failure_of(share.rank), error.what());
    throw;
  }
}

}  // namespace paralif
