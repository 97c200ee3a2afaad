#include "app/studio/timing_controller.h"

#include "core/runs/run_store.h"
#include "core/timing/timing_files.h"

namespace paralif {
namespace {

constexpr int pollMs = 50;

}  // namespace

TimingController::TimingController(QObject* parent) : QObject(parent), root_(default_runs_root()) {
  timer_.setInterval(pollMs);
  connect(&timer_, &QTimer::timeout, this, &TimingController::poll);
}

TimingController::~TimingController() {
  if (session_) session_->cancel();
  for (const auto& session : retired_) session->cancel();
}

bool TimingController::isActive() const {
  return session_ != nullptr && state() != TimingState::idle && !has_ended(state());
}

bool TimingController::canRepeat() const {
  return session_ != nullptr && state() != TimingState::idle && state() != TimingState::stopping;
}

void TimingController::start(const TimingPlan& plan) {
  if (!isActive()) {
    TimingOptions options;
    options.root = root_;
    auto session = std::make_unique<TimingSession>(plan, options);
    retire();
    session_ = std::move(session);
  }
  session_->start();
  timer_.start();
  poll();
}

void TimingController::pause() {
  if (!session_) return;
  session_->pause();
  poll();
}

void TimingController::cancel() {
  if (!isActive()) return;
  session_->cancel();
  poll();
}

void TimingController::repeat(std::size_t point) {
  if (!canRepeat()) return;
  session_->repeat(point);
  timer_.start();
  poll();
}

void TimingController::open(const std::filesystem::path& path) {
  TimingSnapshot snapshot;
  snapshot.results = read_timing(path);
  snapshot.state =
      snapshot.results.status == "finished" ? TimingState::finished : TimingState::cancelled;
  snapshot.folder = path.string();
  for (const TimingResult& result : snapshot.results.points) {
    snapshot.trials_done += result.trials_ms.size();
  }
  snapshot.trials = snapshot.trials_done;
  retire();
  take(snapshot);
}

void TimingController::poll() {
  if (session_) {
    if (const auto snapshot = session_->take()) take(*snapshot);
  }
  std::erase_if(retired_, [](const auto& session) { return has_ended(session->state()); });
  if ((!session_ || has_ended(state())) && retired_.empty()) timer_.stop();
}

void TimingController::take(const TimingSnapshot& snapshot) {
  const TimingState before = latest_.state;
  latest_ = snapshot;
  Q_EMIT snapshotTaken(latest_);
  if (latest_.state != before) Q_EMIT stateChanged(latest_.state);
}

void TimingController::retire() {
  if (!session_) return;
  session_->cancel();
  if (!has_ended(session_->state())) {
    retired_.push_back(std::move(session_));
    timer_.start();
  }
  session_.reset();
}

}  // namespace paralif
