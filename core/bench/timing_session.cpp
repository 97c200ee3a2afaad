// Orders from the front end, and what it is shown.
#include "core/bench/timing_session.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

#include "core/bench/timing_machine.h"
#include "core/bench/timing_worker.h"

namespace paralif {
namespace {

std::string local_time() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  return fmt::format("{:%Y-%m-%d %H:%M:%S}", parts);
}

TimingOptions with_probe(TimingOptions options) {
  if (!options.probe) options.probe = timing_probe;
  return options;
}

}  // namespace

TimingWorker::TimingWorker(const TimingPlan& plan, TimingOptions options)
    : options_(with_probe(std::move(options))), trials_(plan.trials) {
  TimingResults& results = snapshot_.results;
  results.plan = plan;
  results.status = "measuring";
  for (const TimingPoint& point : points_of(plan)) results.points.push_back({point, {}, {}});
  for (const std::int64_t steps : plan.lengths) {
    for (const TimingDevice& device : plan.devices) {
      const TimingPoint copy{{"", "copy"}, device, plan.batch, steps, plan.neurons};
      results.copies.push_back({copy, {}, {}});
    }
  }
  snapshot_.trials = static_cast<std::size_t>(trials_) * results.points.size();
}

TimingWorker::~TimingWorker() {
  cancel();
  job_.wait();
}

void TimingWorker::launch() {
  cancelling_ = false;
  snapshot_.state = TimingState::measuring;
  snapshot_.problem.clear();
  // One that has run before has ended, or ends without further work.
  job_.start([this](JobControl&) { main(); });
  if (job_.report().status == JobStatus::failed) {
    snapshot_.state = TimingState::cancelled;
    snapshot_.problem = "cannot start: the system has no thread to give";
  }
}

void TimingWorker::start() {
  {
    const std::scoped_lock lock(mutex_);
    paused_ = false;
    changed_ = true;
    if (snapshot_.state == TimingState::idle) {
      snapshot_.results.started = local_time();
      launch();
    } else if (snapshot_.state == TimingState::paused || snapshot_.state == TimingState::pausing) {
      snapshot_.state = TimingState::measuring;
    }
  }
  woken_.notify_all();
}

void TimingWorker::pause() {
  const std::scoped_lock lock(mutex_);
  if (snapshot_.state != TimingState::measuring) return;
  paused_ = true;
  snapshot_.state = TimingState::pausing;
  changed_ = true;
}

void TimingWorker::cancel() {
  {
    const std::scoped_lock lock(mutex_);
    repeats_.clear();
    if (has_ended(snapshot_.state)) return;
    const bool begun = snapshot_.state != TimingState::idle;
    snapshot_.state = begun ? TimingState::stopping : TimingState::cancelled;
    if (!begun) snapshot_.results.status = "cancelled";
    changed_ = true;
    cancelling_ = true;
  }
  woken_.notify_all();
}

void TimingWorker::repeat(std::size_t point) {
  const std::scoped_lock lock(mutex_);
  if (point >= snapshot_.results.points.size()) return;
  if (snapshot_.state == TimingState::idle || snapshot_.state == TimingState::stopping) return;
  if (std::ranges::find(repeats_, point) != repeats_.end()) return;
  repeats_.push_back(point);
  changed_ = true;
  if (has_ended(snapshot_.state)) launch();
}

TimingState TimingWorker::state() const {
  const std::scoped_lock lock(mutex_);
  return snapshot_.state;
}

std::optional<TimingSnapshot> TimingWorker::take() {
  const std::scoped_lock lock(mutex_);
  if (!changed_) return std::nullopt;
  changed_ = false;
  return snapshot_;
}

bool TimingWorker::wait(double seconds) {
  std::unique_lock lock(mutex_);
  const auto over = [this] { return has_ended(snapshot_.state); };
  if (seconds >= 0) return woken_.wait_for(lock, std::chrono::duration<double>(seconds), over);
  woken_.wait(lock, over);
  return true;
}

struct TimingSession::Impl {
  TimingWorker worker;
};

TimingSession::TimingSession(const TimingPlan& plan, TimingOptions options) {
  validate(plan);
  impl_ = std::unique_ptr<Impl>(new Impl{{plan, std::move(options)}});
}

TimingSession::~TimingSession() = default;

void TimingSession::start() {
  impl_->worker.start();
}
void TimingSession::pause() {
  impl_->worker.pause();
}
void TimingSession::cancel() {
  impl_->worker.cancel();
}
void TimingSession::repeat(std::size_t point) {
  impl_->worker.repeat(point);
}
TimingState TimingSession::state() const {
  return impl_->worker.state();
}
std::optional<TimingSnapshot> TimingSession::take() {
  return impl_->worker.take();
}
bool TimingSession::wait(double seconds) {
  return impl_->worker.wait(seconds);
}

}  // namespace paralif
