// Experiments that train in a moment, and sessions run to their end.
#pragma once

#include <QTemporaryDir>

#include <filesystem>
#include <vector>

#include "core/sessions/session.h"

namespace paralif::testing {

inline Experiment small(std::int64_t epochs) {
  Experiment experiment;
  experiment.title = "Small";
  experiment.dataset.steps = 10;
  experiment.network.hidden = {8};
  experiment.training.epochs = epochs;
  return experiment;
}

struct Outcome {
  Snapshot last;
  std::vector<BatchMetrics> batches;
  std::vector<EpochMetrics> epochs;
};

inline void collect(Session& session, Outcome& outcome) {
  if (const auto snapshot = session.take()) {
    outcome.batches.insert(outcome.batches.end(), snapshot->batches_since.begin(),
                           snapshot->batches_since.end());
    outcome.epochs.insert(outcome.epochs.end(), snapshot->epochs_since.begin(),
                          snapshot->epochs_since.end());
    outcome.last = *snapshot;
  }
}

inline Outcome run(const Experiment& experiment, const SessionOptions& options) {
  Session session(experiment, options);
  session.start();
  session.wait(120);
  Outcome outcome;
  collect(session, outcome);
  return outcome;
}

inline std::filesystem::path path_in(const QTemporaryDir& dir, const char* name) {
  return dir.filePath(name).toStdString();
}

}  // namespace paralif::testing
