// Fields changed while a session trains.
#include <fmt/format.h>

#include <algorithm>

#include "core/experiments/experiment_file.h"
#include "core/runs/run_files.h"
#include "core/sessions/session_worker.h"
#include "core/values/parameter_text.h"

namespace paralif {

void SessionWorker::apply_changes() {
  std::vector<TrainingChange> ordered;
  {
    const std::scoped_lock lock(mutex_);
    ordered.swap(ordered_changes_);
  }
  if (ordered.empty()) return;
  const TrainingProgress& p = trainer_->progress();
  std::vector<AppliedChange> applied;
  for (TrainingChange& change : ordered) {
    const Field& field = *find_field(change.key);
    if (change.key == "training.epochs") {
      // An epoch may have begun since the order was given.
      auto& epochs = std::get<std::int64_t>(change.value);
      epochs = std::max(epochs, p.epoch);
    }
    if (field.get(experiment_) == change.value) continue;
    applied.push_back(
        {change.key, format_parameter(field, change.value), p.step, p.epoch, p.batch});
    apply_change(experiment_, applied.back());
    say(fmt::format("{} is {} from epoch {}, batch {} on.", field.label.english(), applied.back().value,
                    p.epoch, p.batch + 1));
  }
  if (applied.empty()) return;
  trainer_->change(experiment_);
  changes_.insert(changes_.end(), applied.begin(), applied.end());
  if (writer_) {
    // The number of epochs is no part of what a checkpoint depends on; the rest is history.
    write_changes(writer_->folder(), changes_);
    Experiment recorded = load_experiment(writer_->folder() / run_files::experiment);
    if (recorded.training.epochs != experiment_.training.epochs) {
      recorded.training.epochs = experiment_.training.epochs;
      save_experiment(recorded, writer_->folder() / run_files::experiment);
    }
    flush(RunStatus::running, true);  // a resume goes on with the change
  }
  {
    const std::scoped_lock lock(mutex_);
    snapshot_.epochs = experiment_.training.epochs;
    snapshot_.changes_since.insert(snapshot_.changes_since.end(), applied.begin(), applied.end());
    changed_ = true;
  }
  publish_progress(nullptr);
}

void SessionWorker::take_up_changes() {
  changes_ = read_changes(options_.resume);
  std::erase_if(changes_,
                [&](const AppliedChange& c) { return c.step > trainer_->progress().step; });
  // The front end may ask for another number of epochs than the run had.
  const std::int64_t epochs = experiment_.training.epochs;
  experiment_ = changed_experiment(experiment_, changes_);
  experiment_.training.epochs = epochs;
  trainer_->change(experiment_);
  if (!changes_.empty()) write_changes(options_.resume, changes_);
}

}  // namespace paralif
