// Life of a session as the window sees it.
#include "app/studio/session_controller.h"

#include <algorithm>

#include "datasets/error.h"

namespace paralif {
namespace {

constexpr int pollMs = 33;
constexpr int quietPollMs = 100;  // answers to watch() of a run that has ended

SessionState stateOf(RunStatus status) {
  if (status == RunStatus::finished) return SessionState::finished;
  if (status == RunStatus::failed) return SessionState::failed;
  return SessionState::stopped;
}

/// Whether every point inside the circle of Yin-Yang, which every plane has, has been reached.
bool isWhole(const std::shared_ptr<const DecisionMap>& map) {
  if (!map || map->side < 2) return false;
  const double cell = 1.0 / double(map->side - 1);
  for (std::int64_t point = 0; point < map->side * map->side; ++point) {
    const double x = double(point % map->side) * cell - 0.5;
    const double y = double(point / map->side) * cell - 0.5;
    const bool reached = map->predicted[static_cast<std::size_t>(point)] >= 0;
    if (!reached && x * x + y * y < 0.25) return false;
  }
  return true;
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
  connect(&reading_, &BackgroundJob::failed, this, &SessionController::runFailed);
  connect(&replaying_, &BackgroundJob::failed, this, &SessionController::runFailed);
  connect(&reading_, &BackgroundJob::ended, this,
          [this] { Q_EMIT readingChanged(reading_.isRunning()); });
}

SessionController::~SessionController() {
  // Ask all of them first, so that they end side by side.
  if (session_) session_->stop();
  if (inspection_) inspection_->stop();
  for (const auto& session : retired_) session->stop();
}

bool SessionController::isActive() const {
  return session_ != nullptr && state_ != SessionState::idle && !hasEnded(state_);
}

const Experiment* SessionController::experiment() const {
  return hasRun() ? &shownExperiment_ : nullptr;
}

std::int64_t SessionController::testSamples() const {
  const Session* asked = session_ ? session_.get() : inspection_.get();
  return asked != nullptr ? asked->test_samples() : 0;
}

void SessionController::begin(const Experiment& experiment, const std::filesystem::path& resumed) {
  SessionOptions options;
  options.runs_root = runsRoot_;
  options.resume = resumed;
  auto session = std::make_unique<Session>(experiment, options);
  reading_.cancel();
  retire();
  clear();
  session_ = std::move(session);
  shownExperiment_ = experiment;
  session_->watch(request_);
  Q_EMIT cleared();
  timer_.start(pollMs);
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
  reading_.cancel();
  retire();
  clear();
  Q_EMIT cleared();
  setState(SessionState::idle);
}

void SessionController::resume(const std::filesystem::path& folder) {
  begin(read_summary(folder).experiment, folder);  // its first snapshot holds what was recorded
  session_->start();
  setState(session_->state());
}

void SessionController::change(const TrainingChange& change) {
  if (session_) session_->change(change);
}

SessionController::RecordedRun SessionController::readRun(const std::filesystem::path& folder) {
  RecordedRun run{read_run(folder), {}, {}, recorded_epochs(folder)};
  try {
    run.changes = read_changes(folder);
  } catch (const Error& error) {
    run.trouble = error.what();  // the rest of the run is worth showing
  }
  return run;
}

void SessionController::showRun(const std::filesystem::path& folder) {
  reading_.start([folder](JobControl&) { return readRun(folder); },
                 [this, folder](const RecordedRun& run) {
                   show(folder, run);
                   Q_EMIT runShown(QString::fromStdString(folder.string()));
                 });
  Q_EMIT readingChanged(true);
}

void SessionController::show(const std::filesystem::path& folder, const RecordedRun& run) {
  const auto& [record, changes, trouble, epochs] = run;
  retire();
  clear();
  shownExperiment_ = changed_experiment(record.summary.experiment, changes);
  shownRecord_ = true;
  Q_EMIT cleared();
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
  snapshot.changes_since = changes;
  if (!trouble.empty()) snapshot.log_since.push_back(trouble);
  shownExperiment_.training.epochs = record.summary.experiment.training.epochs;
  snapshot.message = "recorded run, " + std::string(to_string(record.summary.status));
  snapshot.records = record.records;
  take(snapshot);
  setRecorded(epochs);
  inspect(folder, !isWhole(value_of<DecisionMap>(record.records, "decision_map")));
}

void SessionController::inspect(const std::filesystem::path& folder, bool wantsMap) {
  SessionOptions options;
  options.inspect = folder;
  inspectionMaps_ = wantsMap;
  try {
    inspection_ = std::make_unique<Session>(shownExperiment_, options);
  } catch (const Error& error) {
    Snapshot seen;
    seen.watch_problem = error.what();
    takeInspected(seen);
    return;
  }
  WatchRequest request = request_;
  if (!wantsMap) request.map_side = 0;
  inspection_->watch(request);
  inspection_->start();
  timer_.start(pollMs);
}

void SessionController::takeInspected(const Snapshot& seen) {
  Snapshot all = latest_;
  all.batches_since.clear();
  all.epochs_since.clear();
  all.log_since.clear();
  all.changes_since.clear();
  all.watch_problem = seen.watch_problem;
  if (!seen.class_names.empty()) all.class_names = seen.class_names;
  for (const auto& [id, record] : seen.records) {
    // A whole map that was recorded is not begun anew.
    if (id != "decision_map" || inspectionMaps_) all.records[id] = record;
  }
  latest_ = all;
  if (replayed_ == 0) Q_EMIT snapshotTaken(latest_);
}

void SessionController::watch(const WatchRequest& request) {
  if (request == request_) return;
  request_ = request;
  replay(0);
  if (session_) session_->watch(request_);
  if (inspection_) {
    WatchRequest asked = request_;
    if (!inspectionMaps_) asked.map_side = 0;
    inspection_->watch(asked);
  }
  if (hasRun()) timer_.start();
}

void SessionController::poll() {
  if (session_) {
    if (const auto snapshot = session_->take()) take(*snapshot);
  }
  if (inspection_) {
    if (const auto seen = inspection_->take()) takeInspected(*seen);
  }
  std::erase_if(retired_, [](const auto& session) { return hasEnded(session->state()); });
  // A session that has ended still answers watch(), and completes its map.
  const bool quiet = !session_ || hasEnded(state_);
  const int interval = quiet && retired_.empty() ? quietPollMs : pollMs;
  if (interval != timer_.interval()) timer_.setInterval(interval);
  if (!hasRun() && retired_.empty()) timer_.stop();
}

void SessionController::take(const Snapshot& snapshot) {
  series_.add(snapshot);
  for (const AppliedChange& change : snapshot.changes_since) {
    apply_change(shownExperiment_, change);
  }
  if (snapshot.epochs > 0) shownExperiment_.training.epochs = snapshot.epochs;
  latest_ = snapshot;
  // A stop that was asked for shows until the session says that it has ended.
  const bool stopping = state_ == SessionState::stopping && !hasEnded(snapshot.state);
  if (stopping) latest_.state = SessionState::stopping;
  // After the end only looks come, which are not of the epoch that is being replayed.
  if (replayed_ == 0 || !hasEnded(latest_.state)) Q_EMIT snapshotTaken(latest_);
  setState(latest_.state);
}

void SessionController::retire() {
  if (inspection_) {
    inspection_->stop();
    retired_.push_back(std::move(inspection_));
    timer_.start(pollMs);
  }
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
  setRecorded({});
}

void SessionController::setState(SessionState state) {
  if (state == state_) return;
  state_ = state;
  Q_EMIT stateChanged(state_);
  if (!hasEnded(state_)) {
    if (isActive()) setRecorded({});
  } else if (!shownRecord_ && !latest_.run_folder.empty()) {
    replaying_.start([folder = std::filesystem::path(latest_.run_folder)](
                         JobControl&) { return recorded_epochs(folder); },
                     [this](std::vector<std::int64_t> epochs) { setRecorded(std::move(epochs)); });
  }
}

}  // namespace paralif
