// results.json: the file of the published run script, with its meaning under its keys.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/experiments/published_parameters.h"
#include "core/values/metrics.h"

namespace paralif {

/// JSON text. `loss_hist` and `train_accuracies` have an entry an epoch; `test_accuracies` and
/// `nb_spikes` one, of the test after the last epoch, and none before it; durations are one number.
/// What the published file does not have is in `epochs`, under names of our own.
/// `loss_sums`: of the batches of each epoch.
std::string published_results(const Experiment& experiment, const PublishedFacts& facts,
                              const std::vector<EpochMetrics>& epochs,
                              const std::map<std::int64_t, double>& loss_sums);

}  // namespace paralif
