#include "core/sessions/session.h"

#include <fmt/format.h>

#include "core/experiments/fields.h"
#include "core/recording/recording_costs.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"
#include "core/sessions/session_worker.h"
#include "core/values/parameter_text.h"
#include "datasets/error.h"

namespace paralif {
namespace {

/// A checkpoint fits only the network, data and optimiser it was made with.
void check_same(const Experiment& wanted, const RunSummary& run) {
  if (RunLock::is_held(run.folder)) {
    throw Error(Error::Kind::file, run.folder.string(),
                "this run is being trained by another session", "wait for it or stop it");
  }
  Experiment recorded = run.experiment;
  for (const Field& field : experiment_fields()) {
    if (field.on_resume || same_value(field, wanted, recorded)) continue;
    throw Error(Error::Kind::setting, std::string(field.key),
                fmt::format("is {} in the run to resume, not {}", parameter_text(field, recorded),
                            parameter_text(field, wanted)),
                "leave it as it was or start a new run");
  }
}

}  // namespace

struct Session::Impl {
  Experiment experiment;
  SessionWorker worker;
};

Session::Session(Experiment experiment, SessionOptions options) {
  validate(experiment);
  if (options.inspect.empty()) check_recording(experiment.recording);
  if (!options.resume.empty()) check_same(experiment, read_summary(options.resume));
  impl_ = std::unique_ptr<Impl>(new Impl{experiment, {experiment, std::move(options)}});
}

Session::~Session() = default;

const Experiment& Session::experiment() const {
  return impl_->experiment;
}
void Session::start() {
  impl_->worker.start();
}
void Session::pause() {
  impl_->worker.pause();
}
void Session::step() {
  impl_->worker.step();
}
void Session::stop() {
  impl_->worker.stop();
}
void Session::change(const TrainingChange& change) {
  impl_->worker.change(change);
}
void Session::watch(const WatchRequest& request) {
  impl_->worker.watch(request);
}
std::int64_t Session::test_samples() const {
  return impl_->worker.test_samples();
}
SessionState Session::state() const {
  return impl_->worker.state();
}
std::optional<Snapshot> Session::take() {
  return impl_->worker.take();
}
bool Session::wait(double seconds) {
  return impl_->worker.wait(seconds);
}

}  // namespace paralif
