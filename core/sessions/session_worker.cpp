// Orders from the front end, and what it is shown.
#include "core/sessions/session_worker.h"

#include <chrono>

#include "core/experiments/fields.h"
#include "core/recording/recording_costs.h"
#include "datasets/error.h"

namespace paralif {
namespace {

bool ended(SessionState state) {
  return state == SessionState::finished || state == SessionState::stopped ||
         state == SessionState::failed;
}

}  // namespace

SessionWorker::SessionWorker(const Experiment& experiment, SessionOptions options)
    : experiment_(experiment), options_(std::move(options)) {
  snapshot_.epochs = experiment.training.epochs;
}

SessionWorker::~SessionWorker() {
  {
    const std::scoped_lock lock(mutex_);
    leaving_ = true;
    stopping_ = true;
  }
  woken_.notify_all();
  job_.wait();
}

void SessionWorker::begin(Order order) {
  {
    const std::scoped_lock lock(mutex_);
    if (ended(snapshot_.state) || snapshot_.state == SessionState::stopping) return;
    order_ = order;
    changed_ = true;
    if (snapshot_.state == SessionState::idle) {
      snapshot_.state = SessionState::preparing;
      snapshot_.message = "preparing";
      job_.start([this](JobControl&) { main(); });
      if (job_.report().status == JobStatus::failed) {
        snapshot_.state = SessionState::failed;
        snapshot_.message = "cannot start: the system has no thread to give";
      }
    } else if (snapshot_.state == SessionState::paused) {
      snapshot_.state = SessionState::running;
    }
  }
  woken_.notify_all();
}

void SessionWorker::start() {
  begin(Order::run);
}
void SessionWorker::step() {
  begin(Order::step);
}

void SessionWorker::pause() {
  const std::scoped_lock lock(mutex_);
  order_ = Order::pause;
}

void SessionWorker::stop() {
  {
    const std::scoped_lock lock(mutex_);
    if (ended(snapshot_.state)) return;
    const bool begun = snapshot_.state != SessionState::idle;
    snapshot_.state = begun ? SessionState::stopping : SessionState::stopped;
    snapshot_.message = begun ? "stopping" : "stopped before it began";
    changed_ = true;
    stopping_ = true;
  }
  woken_.notify_all();
}

void SessionWorker::change(const TrainingChange& change) {
  if (options_.share) {
    throw Error(Error::Kind::setting, change.key,
                "cannot change while several processes train: stop, change it, and resume the run");
  }
  {
    const std::scoped_lock lock(mutex_);
    if (ended(snapshot_.state) || snapshot_.state == SessionState::stopping) {
      throw Error(Error::Kind::setting, change.key, "there is no training to change",
                  "start one or continue a run");
    }
    check_change(change, snapshot_.epoch);
    Experiment changed;
    find_field(change.key)->set(changed, change.value);
    check_recording(changed.recording);
    ordered_changes_.push_back(change);
  }
  woken_.notify_all();
}

void SessionWorker::watch(const WatchRequest& request) {
  {
    const std::scoped_lock lock(mutex_);
    request_ = request;
  }
  woken_.notify_all();
}

SessionState SessionWorker::state() const {
  const std::scoped_lock lock(mutex_);
  return snapshot_.state;
}

std::optional<Snapshot> SessionWorker::take() {
  const std::scoped_lock lock(mutex_);
  if (!changed_) return std::nullopt;
  changed_ = false;
  Snapshot taken = snapshot_;
  snapshot_.batches_since.clear();
  snapshot_.epochs_since.clear();
  snapshot_.log_since.clear();
  snapshot_.changes_since.clear();
  return taken;
}

bool SessionWorker::wait(double seconds) {
  std::unique_lock lock(mutex_);
  const auto over = [this] { return ended(snapshot_.state); };
  if (seconds >= 0) return woken_.wait_for(lock, std::chrono::duration<double>(seconds), over);
  woken_.wait(lock, over);
  return true;
}

bool SessionWorker::may_go_on() {
  std::unique_lock lock(mutex_);
  while (order_ == Order::pause && !stopping_) {
    if (snapshot_.state != SessionState::paused) {
      snapshot_.state = SessionState::paused;
      snapshot_.message = "paused";
      changed_ = true;
      lock.unlock();
      refresh_views(true);
      flush(RunStatus::running, true);
      lock.lock();
    } else if (!ordered_changes_.empty()) {
      lock.unlock();
      apply_changes();
      lock.lock();
    } else if (request_) {
      lock.unlock();
      refresh_views(true);
      lock.lock();
    } else if (options_.watch && observer_->map().pending() > 0) {
      lock.unlock();
      continue_map();
      lock.lock();
    } else {
      woken_.wait(lock);
    }
  }
  if (stopping_) return false;
  if (order_ == Order::step) order_ = Order::pause;
  if (snapshot_.state != SessionState::running) {
    snapshot_.state = SessionState::running;
    snapshot_.message = "training";
    changed_ = true;
  }
  return true;
}

void SessionWorker::set_state(SessionState state, const std::string& message) {
  {
    const std::scoped_lock lock(mutex_);
    snapshot_.state = state;
    snapshot_.message = message;
    changed_ = true;
  }
  woken_.notify_all();
}

void SessionWorker::say(const std::string& line) {
  if (writer_) writer_->log(line);
  const std::scoped_lock lock(mutex_);
  snapshot_.log_since.push_back(line);
  changed_ = true;
}

}  // namespace paralif
