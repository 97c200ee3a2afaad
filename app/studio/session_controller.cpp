// Life of a session as the window sees it.
#include "app/studio/session_controller.h"

#include <algorithm>

namespace paralif {
namespace {

constexpr int pollMs = 33;

SessionState stateOf(const std::string& status) {
  if (status == "finished") return SessionState::finished;
  if (status == "failed") return SessionState::failed;
  return SessionState::stopped;
}

}  // namespace

bool hasEnded(SessionState state) {
  return state == SessionState::finished || state == SessionState::stopped ||
         state == SessionState::failed;
}

SessionController::SessionController(QObject* parent)
    : QObject(parent), runsRoot_(default_runs_root()) {
  timer_.setInterval(pollMs);
  timer_.setTimerType(Qt::PreciseTimer);
  connect(&timer_, &QTimer::timeout, this, &SessionController::poll);
}

SessionController::~SessionController() {
  // Ask all of them first, so that they end side by side.
  if (session_) session_->stop();
  for (const auto& session : retired_) session->stop();
}

bool SessionController::isActive() const {
  return session_ != nullptr && state_ != SessionState::idle && !hasEnded(state_);
}

const Experiment* SessionController::experiment() const {
  if (session_) return &session_->experiment();
  return shownRecord_ ? &shownExperiment_ : nullptr;
}

std::int64_t SessionController::testSamples() const {
  return session_ ? session_->test_samples() : 0;
}

void SessionController::begin(const Experiment& experiment, const std::filesystem::path& resumed) {
  SessionOptions options;
  options.runs_root = runsRoot_;
  options.resume = resumed;
  auto session = std::make_unique<Session>(experiment, options);
  retire();
  clear();
  session_ = std::move(session);
  session_->watch(request_);
  timer_.start();
}

void SessionController::start(const Experiment& experiment) {
  if (!isActive()) begin(experiment, {});
  session_->start();
  setState(session_->state());
}

void SessionController::step(const Experiment& experiment) {
  if (!isActive()) begin(experiment, {});
  session_->step();
  setState(session_->state());
}

void SessionController::pause() {
  if (session_) session_->pause();
}

void SessionController::stop() {
  if (!isActive()) return;
  session_->stop();
  setState(SessionState::stopping);
  poll();
}

void SessionController::reset() {
  retire();
  clear();
  setState(SessionState::idle);
}

void SessionController::resume(const std::filesystem::path& folder) {
  begin(read_summary(folder).experiment, folder);  // its first snapshot holds what was recorded
  session_->start();
  setState(session_->state());
}

void SessionController::showRun(const std::filesystem::path& folder) {
  const RunRecord record = read_run(folder);
  retire();
  clear();
  shownExperiment_ = record.summary.experiment;
  shownRecord_ = true;
  Snapshot snapshot;
  snapshot.state = stateOf(record.summary.status);
  snapshot.epoch = record.summary.epochs_done;
  snapshot.epochs = record.summary.experiment.training.epochs;
  for (const BatchMetrics& batch : record.batches) {
    snapshot.batches = std::max(snapshot.batches, batch.batch);
  }
  snapshot.batch = snapshot.batches;
  snapshot.elapsed_s = record.summary.train_seconds;
  snapshot.run_folder = folder.string();
  snapshot.batches_since = record.batches;
  snapshot.epochs_since = record.epochs;
  snapshot.message = "recorded run, " + record.summary.status;
  if (record.probe) snapshot.probe = std::make_shared<SampleProbe>(*record.probe);
  if (record.confusion) snapshot.confusion = std::make_shared<ConfusionMatrix>(*record.confusion);
  if (record.decision_map) {
    snapshot.decision_map = std::make_shared<DecisionMap>(*record.decision_map);
  }
  take(snapshot);
}

void SessionController::watch(const WatchRequest& request) {
  if (request == request_) return;
  request_ = request;
  if (session_) session_->watch(request_);
}

void SessionController::poll() {
  if (session_) {
    if (const auto snapshot = session_->take()) take(*snapshot);
  }
  std::erase_if(retired_, [](const auto& session) { return hasEnded(session->state()); });
  const bool quiet = !session_ || hasEnded(state_);
  if (quiet && retired_.empty()) timer_.stop();
}

void SessionController::take(const Snapshot& snapshot) {
  series_.batches.insert(series_.batches.end(), snapshot.batches_since.begin(),
                         snapshot.batches_since.end());
  series_.epochs.insert(series_.epochs.end(), snapshot.epochs_since.begin(),
                        snapshot.epochs_since.end());
  if (snapshot.batches > 0) series_.batchesPerEpoch = snapshot.batches;
  latest_ = snapshot;
  // A stop that was asked for shows until the session says that it has ended.
  const bool stopping = state_ == SessionState::stopping && !hasEnded(snapshot.state);
  if (stopping) latest_.state = SessionState::stopping;
  Q_EMIT snapshotTaken(latest_);
  setState(latest_.state);
}

void SessionController::retire() {
  if (!session_) return;
  session_->stop();
  if (!hasEnded(session_->state())) {
    retired_.push_back(std::move(session_));
    timer_.start();
  }
  session_.reset();
}

void SessionController::clear() {
  series_ = {};
  latest_ = {};
  shownRecord_ = false;
  Q_EMIT cleared();
}

void SessionController::setState(SessionState state) {
  if (state == state_) return;
  state_ = state;
  Q_EMIT stateChanged(state_);
}

}  // namespace paralif
