// What a session shows of its network: while it trains, after the end, and of a recorded run.
#include <algorithm>

#include "core/kernels/interruption.h"
#include "core/recording/recorder.h"
#include "core/runs/run_files.h"
#include "core/sessions/session_worker.h"
#include "core/training/checkpoint.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using Clock = TimeShare::Clock;

constexpr double seconds_between_views = 1.0 / 30.0;
/// Points of the map renewed before a session shows itself paused or ended; the rest follows.
constexpr std::int64_t advances_at_once = 32;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

void SessionWorker::refresh_views(bool all) {
  std::optional<WatchRequest> request;
  {
    const std::scoped_lock lock(mutex_);
    request = std::exchange(request_, std::nullopt);
  }
  if (!observer_) return;
  if (request) observer_->set_request(*request);
  if (!options_.watch) return;
  const bool due = seconds_since(last_views_) >= seconds_between_views &&
                   watching_.allows(trainer_->progress().total_seconds);
  if (!all && !request && !due) return;
  const auto look = [&] {
    // The map has the most to compute, so most turns are its own.
    constexpr int turns = 6;
    const int turn = view_turn_++ % turns;
    const bool whole = all || request.has_value();
    // Another sample of the same network: what is of the network itself stays.
    const std::int64_t step = trainer_->progress().step;
    const bool of_sample = whole || turn == 0;
    const bool of_network = turn == turns / 2 || (whole && step != records_step_);
    Records records;
    if (of_sample || of_network) {
      records = observer_->look([&](const Recorder& recorder) {
        return recorder.of_sample() ? of_sample : of_network;
      });
    }
    if (of_network) records_step_ = step;
    DecisionMapper& map = observer_->map();
    if (all) {
      map.advance_by(advances_at_once * map.points_at_once());
    } else {
      map.advance();
    }
    publish(decision_map_recorder());
    const std::scoped_lock lock(mutex_);
    if (of_sample) snapshot_.watch_problem.clear();
    for (auto& [id, record] : records) {
      if (id != decision_map_recorder().id()) snapshot_.records[id] = std::move(record);
    }
  };
  // Before, after and between: nothing is slowed down, so nothing is counted.
  if (all) {
    look();
  } else {
    watching_.spend(look);
  }
  last_views_ = Clock::now();
}

void SessionWorker::publish(const Recorder& recorder) {
  const std::shared_ptr<const Record> record = observer_->look(recorder);
  const std::scoped_lock lock(mutex_);
  changed_ = true;
  if (record) snapshot_.records[std::string(recorder.id())] = record;
}

void SessionWorker::continue_map() {
  observer_->map().advance();
  publish(decision_map_recorder());
}

void SessionWorker::serve_watchers() {
  const InterruptionScope interruptible(stopping_);
  std::unique_lock lock(mutex_);
  while (!leaving_) {
    const bool look = request_.has_value() && observer_;
    const bool map = observer_ && options_.watch && snapshot_.watch_problem.empty() &&
                     observer_->map().pending() > 0;
    if (!look && !map) {
      woken_.wait(lock);
      continue;
    }
    lock.unlock();
    std::string problem;
    try {
      look ? refresh_views(true) : continue_map();
    } catch (const Interrupted&) {
      return;
    } catch (const std::exception& error) {
      problem = error.what();  // such as data that can no longer be read
    }
    lock.lock();
    if (problem.empty()) continue;
    snapshot_.watch_problem = problem;
    changed_ = true;
  }
}

void SessionWorker::inspect() {
  SessionState state = SessionState::finished;
  std::string message = "ready";
  try {
    const InterruptionScope interruptible(stopping_);
    const std::filesystem::path weights = run_files::checkpoint_of(options_.inspect);
    if (weights.empty()) {
      throw Error(Error::Kind::file, options_.inspect.string(),
                  "holds no checkpoint, so no other sample can be run",
                  "what was recorded is shown");
    }
    data_ = open_data(experiment_.dataset);
    trainer_ = std::make_unique<Trainer>(experiment_, data_);
    restore_checkpoint(*trainer_, weights);
    observer_ = std::make_unique<Observer>(*trainer_, experiment_);
    test_samples_ = data_.test->samples();
    const std::scoped_lock lock(mutex_);
    snapshot_.class_names = data_.test->class_names();
    snapshot_.plane_points =
        std::make_shared<const std::vector<PlanePoint>>(data_.test->plane_points());
  } catch (const Interrupted&) {
    state = SessionState::stopped;
    message = "stopped";
  } catch (const std::exception& error) {
    observer_.reset();
    state = SessionState::failed;
    message = error.what();
    const std::scoped_lock lock(mutex_);
    snapshot_.watch_problem = message;
  }
  stopping_ = false;
  set_state(state, message);
  serve_watchers();
}

}  // namespace paralif
