// Experiments to begin with: a first lesson and the published best configurations.
#pragma once

#include <string>
#include <vector>

#include "core/experiments/experiment.h"

namespace paralif {

struct Preset {
  std::string id;     ///< such as "yinyang-first"
  std::string group;  ///< heading in a menu, such as "Yin-Yang"
  std::string title;
  std::string description;  ///< one sentence
  Experiment experiment;
};

const std::vector<Preset>& presets();

/// What the published script runs when no flag is given, but for what docs/published.md lists.
Experiment published_defaults();

/// Sets what docs/published.md lists to its published value.
void restore_published(Experiment& experiment);

/// The experiment a first start opens: Yin-Yang at 100 steps, learnt in about a minute.
Experiment first_experiment();

/// The published best configuration of a dataset; throws Error(setting) for an unknown one.
Experiment best_configuration(const std::string& dataset, bool recurrent);

/// An experiment to begin with on a dataset: its best configuration, feed-forward, where there is
/// one; throws Error(setting) for an unknown dataset.
Experiment starting_point(const std::string& dataset);

/// Datasets this build can train on.
const std::vector<std::string>& trainable_datasets();

}  // namespace paralif
