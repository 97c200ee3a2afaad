// What a session's thread does from the first sample to the last flush.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "core/experiments/experiment_file.h"
#include "core/experiments/network_presets.h"
#include "core/kernels/cpu/buffer_pool.h"
#include "core/kernels/interruption.h"
#include "core/recording/layer_hints.h"
#include "core/recording/recorder.h"
#include "core/recording/recording_costs.h"
#include "core/sessions/meeting.h"
#include "core/sessions/session_worker.h"
#include "core/training/checkpoint.h"
#include "core/training/state_file.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using Clock = TimeShare::Clock;

constexpr double seconds_between_flushes = 2.0;
/// Of an epoch's passes over samples, a map point counting as a tested sample.
constexpr double map_share = 0.125;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void move_mean(double& mean, double value) {
  mean = mean > 0 ? 0.95 * mean + 0.05 * value : value;
}

std::string percent(double share) {
  return fmt::format("{:.1f} %", 100.0 * share);
}

/// "5e-4": the shortest digits of a learning rate, with its power of ten.
std::string rate_text(double rate) {
  std::string text = fmt::format("{:.3e}", rate);
  const auto power = text.find('e');
  std::string digits = text.substr(0, power);
  while (digits.ends_with('0')) digits.pop_back();
  if (digits.ends_with('.')) digits.pop_back();
  return fmt::format("{}e{}", digits, std::stoi(text.substr(power + 1)));
}

}  // namespace

void SessionWorker::main() {
  if (!options_.inspect.empty()) {
    inspect();
    return;
  }
  RunStatus status = RunStatus::stopped;
  std::string message = "stopped";
  SessionState state = SessionState::stopped;
  bool keep_place = true;
  try {
    const InterruptionScope interruptible(stopping_);
    prepare();
    train();
    status = RunStatus::finished;
    message = "finished";
    state = SessionState::finished;
  } catch (const Interrupted&) {
    say("Stopped.");
  } catch (const std::exception& error) {
    const std::string_view text = error.what();
    // LibTorch has an exception of its own for the first.
    const bool memory = dynamic_cast<const std::bad_alloc*>(&error) != nullptr ||
                        text.find("allocate memory") != std::string_view::npos ||
                        text.find("out of memory") != std::string_view::npos;
    const auto* foreseen = dynamic_cast<const Error*>(&error);
    if (foreseen != nullptr) {
      const std::scoped_lock lock(mutex_);
      snapshot_.subject = foreseen->subject();
    }
    message = memory     ? "out of memory: lower the batch size, the steps or the layers"
              : foreseen != nullptr
                  ? error.what()
                         // LibTorch's errors go on with a trace of the stack.
                         : fmt::format("internal error: {}", text.substr(0, text.find('\n')));
    state = SessionState::failed;
  } catch (...) {
    message = "internal error of an unknown type";
    state = SessionState::failed;
  }
  if (state == SessionState::failed) {
    status = RunStatus::failed;
    keep_place = false;  // the last checkpoint is from before the failure
    if (writer_ && !writer_->in_place()) message = writer_->removal().what();
    say(message);
  }
  stopping_ = false;
  try {
    flush(status, keep_place);
  } catch (const std::exception& error) {
    if (state != SessionState::failed) message = error.what();
    state = SessionState::failed;
    try {
      if (keep_place) flush(RunStatus::failed, false);  // weights that are not finite are not kept
    } catch (const std::exception&) {
      // The folder cannot be written: the message says why.
    }
  }
  writer_.reset();
  if (options_.share) {
    try {
      write_file(options_.share->file(meeting::ended), "");
    } catch (const std::exception&) {
      // A meeting place that is gone says the same.
    }
    group_.reset();  // closes the connections, for which the others wait
  }
  release_idle_buffers();
  set_state(state, message);
  serve_watchers();
}

void SessionWorker::prepare() {
  data_ = open_data(experiment_.dataset);
  if (options_.share) group_ = std::make_unique<ProcessGroup>(*options_.share);
  const Rank rank = options_.share ? Rank{0, options_.share->world} : Rank{};
  trainer_ = std::make_unique<Trainer>(experiment_, data_, rank, group_.get());
  observer_ = std::make_unique<Observer>(*trainer_, experiment_);
  if (!options_.resume.empty()) {
    auto writer =
        std::make_unique<RunWriter>(RunWriter::Existing{}, options_.resume, experiment_);
    const auto checkpoint = run_files::checkpoint_of(options_.resume);
    // An untrained run begins here.
    if (!checkpoint.empty()) {
      restore_checkpoint(*trainer_, checkpoint);
    } else if (!writer->metrics().epochs.empty() || !writer->metrics().batches.empty()) {
      throw Error(Error::Kind::file, options_.resume.string(), "has no checkpoint to resume from",
                  "start a new run");
    }
    writer_ = std::move(writer);  // the run is taken over here, not before
    writer_->forget_after(trainer_->progress().step, trainer_->progress().epoch);
    take_up_changes();
    for (const EpochMetrics& epoch : writer_->metrics().epochs) {
      best_accuracy_ = std::max(best_accuracy_, epoch.validation_accuracy.value_or(0.0));
    }
  } else if (!options_.runs_root.empty()) {
    writer_ = std::make_unique<RunWriter>(options_.runs_root, experiment_);
  }
  if (writer_) {
    writer_->set_facts({data_.train->inputs(), data_.train->classes(),
                        trainer_->samples_of(*data_.train)});
    std::int64_t parameters = 0;
    for (const torch::Tensor& one : trainer_->network().parameters()) parameters += one.numel();
    writer_->set_parameters(parameters);
  }
  test_samples_ = data_.test->samples();
  {
    const std::scoped_lock lock(mutex_);
    snapshot_.class_names = data_.test->class_names();
    snapshot_.plane_points =
        std::make_shared<const std::vector<PlanePoint>>(data_.test->plane_points());
    snapshot_.batches = trainer_->batches_per_epoch();
    if (writer_) {
      snapshot_.run_folder = writer_->folder().string();
      snapshot_.batches_since = writer_->metrics().batches;
      snapshot_.epochs_since = writer_->metrics().epochs;
      snapshot_.changes_since = changes_;
    }
  }
  const auto used = [&](const SpikeSource& source) { return trainer_->samples_of(source); };
  say(fmt::format("{}: {} training{} and {} test samples, {} inputs, {} classes.",
                  experiment_.dataset.name, used(*data_.train),
                  data_.validation ? fmt::format(", {} validation", used(*data_.validation)) : "",
                  used(*data_.test), data_.train->inputs(), data_.train->classes()));
  std::vector<std::string> sizes;
  for (const HiddenLayer& layer : trainer_->network().hidden()) {
    sizes.push_back(features_text(layer.shape));
  }
  say(fmt::format("{}, hidden layers {}, {} parameters, {}.", network_title(experiment_),
                  fmt::join(sizes, " - "), trainer_->parameters(), experiment_.backend));
  if (writer_) say(fmt::format("Recording in {}.", writer_->folder().string()));
  if (!options_.resume.empty()) {
    say(fmt::format("Going on in epoch {}, after batch {}.", trainer_->progress().epoch,
                    trainer_->progress().batch));
  }
  if (stopping_) throw Interrupted{};
  if (group_) meet();
  flush(RunStatus::running, true);
  publish_progress(nullptr);
  refresh_views(true);
}

/// Lets the other processes begin where this one is.
void SessionWorker::meet() {
  const ProcessShare& share = *options_.share;
  if (experiment_.device != "cpu") {
    throw Error(Error::Kind::setting, "device", "several processes train on CPUs only",
                "choose cpu, or one process");
  }
  if (share.world > experiment_.training.batch_size) {
    throw Error(Error::Kind::setting, "training.batch_size",
                fmt::format("{} samples cannot be shared by {} processes",
                            experiment_.training.batch_size, share.world),
                "raise it or use fewer processes");
  }
  save_experiment(experiment_, share.file(meeting::experiment));
  write_state(share.file(meeting::state), trainer_->state());
  write_file(share.file(meeting::ready), "");
  say(fmt::format("Waiting for {} more of {} processes.", share.world - 1, share.world));
  group_->join();
  say(fmt::format("Training in {} processes, each on its share of every batch.", share.world));
}

void SessionWorker::train() {
  while (!trainer_->finished()) {
    if (!may_go_on()) throw Interrupted{};
    apply_changes();
    train_one();
  }
}

void SessionWorker::train_one() {
  if (!trainer_->epoch_trained()) {
    const auto start = Clock::now();
    const BatchMetrics batch = trainer_->train_batch();
    move_mean(batch_seconds_, seconds_since(start));
    if (writer_) {
      writer_->add(batch);
      look_after_folder();
      if (!trainer_->epoch_trained() &&
          seconds_since(last_flush_) > options_.seconds_between_checkpoints) {
        flush(RunStatus::running, true);
      }
    }
    publish_progress(&batch);
    refresh_views(false);
  }
  if (trainer_->epoch_trained()) end_epoch();
}

/// In an epoch of hours, its end would be late to learn that nothing is kept.
void SessionWorker::look_after_folder() {
  if (seconds_since(last_look_) < seconds_between_flushes) return;
  last_look_ = Clock::now();
  writer_->require_folder();
}

/// What was wrong with the data and could be read all the same: once each, as it comes up.
void SessionWorker::say_notes() {
  for (const SpikeSource* source : {data_.train.get(), data_.test.get(), data_.validation.get()}) {
    if (source == nullptr) continue;
    for (const std::string& note : source->notes()) {
      if (said_notes_.insert(note).second) say("Note: " + note);
    }
  }
}

void SessionWorker::end_epoch() {
  const TestResult result = trainer_->finish_epoch();
  const EpochMetrics& m = result.metrics;
  test_seconds_ = m.test_seconds;
  observer_->set_confusion(result.confusion);
  if (writer_) writer_->add(m);
  // Without a validation part nothing may be chosen: the test set is not for that.
  if (m.validation_accuracy && *m.validation_accuracy > best_accuracy_) {
    best_accuracy_ = *m.validation_accuracy;
    if (writer_) best_ = trainer_->state();
  }
  say(fmt::format("Epoch {}/{}: loss {:.4f}, training {}{}, test {}, learning rate {}, {:.2f} s.",
                  m.epoch, experiment_.training.epochs, m.train_loss, percent(m.train_accuracy),
                  m.validation_accuracy ? ", validation " + percent(*m.validation_accuracy) : "",
                  percent(m.test_accuracy), rate_text(m.learning_rate),
                  m.train_seconds + m.test_seconds));
  {
    const std::scoped_lock lock(mutex_);
    snapshot_.epochs_since.push_back(m);
    changed_ = true;
  }
  publish(confusion_recorder());
  say_notes();
  publish_progress(nullptr);
  const bool last = trainer_->finished();
  if (writer_ && records_epoch(experiment_, m.epoch) &&
      (last || recording_.allows(trainer_->progress().total_seconds))) {
    recording_.spend([&] { record_epoch(result); });
  }
  if (last) refresh_views(true);
  if (!last && seconds_since(last_flush_) > seconds_between_flushes) flush(RunStatus::running, true);
}

/// Silent and saturated neurons: once a layer and trouble.
void SessionWorker::say_hints() {
  std::shared_ptr<const Record> layers;
  {
    const std::scoped_lock lock(mutex_);
    layers = record_of(snapshot_.records, layers_recorder().id());
  }
  if (!layers) return;
  std::vector<std::string> names;
  for (const HiddenLayer& layer : trainer_->network().hidden()) names.push_back(layer.name);
  for (const LayerHint& hint : layer_hints(*layers, names)) {
    if (said_hints_.insert(hint.key).second) say("Hint: " + hint.text);
  }
}

void SessionWorker::record_epoch(const TestResult& result) {
  const auto kept = [&](const Recorder& recorder) {
    return keeps(experiment_.recording, recorder.id());
  };
  if (kept(decision_map_recorder())) {
    const double passes = passes_of_epoch(
        trainer_->batches_per_epoch() * experiment_.training.batch_size,
        std::accumulate(result.confusion.counts.begin(), result.confusion.counts.end(),
                        std::int64_t{0}));
    observer_->map().advance_by(static_cast<std::int64_t>(map_share * passes));
  }
  const Records records = observer_->look(kept);
  writer_->record(result.metrics.epoch, records);
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [id, record] : records) {
      const bool hints = id == layers_recorder().id();
      if (options_.watch || hints) snapshot_.records[id] = record;
    }
  }
  say_hints();
}

double SessionWorker::remaining_seconds() const {
  if (batch_seconds_ <= 0) return -1.0;
  const TrainingProgress& p = trainer_->progress();
  const std::int64_t epochs = experiment_.training.epochs - p.epoch + 1;
  const std::int64_t batches = epochs * trainer_->batches_per_epoch() - p.batch;
  // Before the first test: the forward half of as many batches as the test set fills.
  const double test = test_seconds_ > 0
                          ? test_seconds_
                          : 0.4 * batch_seconds_ * static_cast<double>(data_.test->samples()) /
                                static_cast<double>(experiment_.training.batch_size);
  return std::max(
      0.0, static_cast<double>(batches) * batch_seconds_ + static_cast<double>(epochs) * test);
}

void SessionWorker::publish_progress(const BatchMetrics* batch) {
  const TrainingProgress& p = trainer_->progress();
  const double remaining = remaining_seconds();
  const std::scoped_lock lock(mutex_);
  const bool over = p.epoch > experiment_.training.epochs;
  snapshot_.epoch = over ? experiment_.training.epochs : p.epoch;
  snapshot_.batch = over ? trainer_->batches_per_epoch() : p.batch;
  snapshot_.elapsed_s = p.total_seconds;
  snapshot_.remaining_s = remaining;
  if (batch_seconds_ > 0) {
    snapshot_.samples_per_second =
        static_cast<double>(experiment_.training.batch_size) / batch_seconds_;
  }
  if (batch != nullptr) snapshot_.batches_since.push_back(*batch);
  changed_ = true;
}

void SessionWorker::flush(RunStatus status, bool with_checkpoint) {
  last_flush_ = Clock::now();
  if (!writer_ || !trainer_) return;
  writer_->require_folder();
  if (best_) write_state(writer_->folder() / run_files::best_checkpoint, *best_);
  best_.reset();
  RunWriter::WriteTo write_checkpoint;
  if (with_checkpoint) {
    write_checkpoint = [state = trainer_->state()](const std::filesystem::path& path) {
      write_state(path, state);
    };
  }
  if (status == RunStatus::finished && experiment_.training.save_model) {
    write_state(writer_->folder() / run_files::weights, weights_of(trainer_->network()));
  }
  writer_->flush(status, write_checkpoint);
}

}  // namespace paralif
