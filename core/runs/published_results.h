// results.json: the file of the published run script, with its meaning under its keys.
#pragma once

#include <string>

#include "core/experiments/published_parameters.h"
#include "core/runs/run_files.h"

namespace paralif {

/// JSON text. `loss_hist` and `train_accuracies` have an entry an epoch; `test_accuracies` and
/// `nb_spikes` one, of the test after the last epoch, and none before it; durations are one number.
/// What the published file does not have is in `epochs`, under names of our own.
std::string published_results(const Experiment& experiment, const PublishedFacts& facts,
                              const run_files::Metrics& metrics);

}  // namespace paralif
