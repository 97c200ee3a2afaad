// Fields changed while training: which may be, their file in the run's folder, their effect.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/experiments/fields.h"

namespace paralif {

/// A field that was changed while training, and where in the training it began to hold.
struct AppliedChange {
  std::string key;           ///< of the field, such as "training.learning_rate"
  std::string value;         ///< as parse_parameter reads it
  std::int64_t step = 0;     ///< optimiser steps before it
  std::int64_t epoch = 1;    ///< in progress
  std::int64_t batch = 0;    ///< done in that epoch

  bool operator==(const AppliedChange&) const = default;
};

/// What a front end orders: a field and its new value.
struct TrainingChange {
  std::string key;  ///< such as "training.learning_rate"
  ParameterValue value;
};

/// Throws Error(setting) for a field that may not change while training, and for a bad value.
/// `epoch` is the one in progress; a training cannot end before it.
void check_change(const TrainingChange& change, std::int64_t epoch);

/// Puts a change into an experiment. A learning rate is the one of the first epoch: the schedule
/// goes on reducing it.
void apply_change(Experiment& experiment, const AppliedChange& change);

/// The experiment as it holds after the changes.
Experiment changed_experiment(Experiment experiment, const std::vector<AppliedChange>& changes);

/// changes.json of a run's folder, written aside and renamed. Throws Error(file).
void write_changes(const std::filesystem::path& folder, const std::vector<AppliedChange>& changes);
/// In their order; empty where there is no such file. Throws Error(file).
std::vector<AppliedChange> read_changes(const std::filesystem::path& folder);

}  // namespace paralif
