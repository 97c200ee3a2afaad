// The robustness experiment: train clean or noisy, then test at several levels of noise. Without
// Torch, for front ends.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/experiments/experiment.h"
#include "core/values/noise_levels.h"

namespace paralif {

struct RobustnessPlan {
  NoiseLevel train_noise_db;
  std::vector<NoiseLevel> levels{std::nullopt, 0.0, 5.0, 10.0, 15.0, 20.0};
  int repeats = 5;  ///< tests at each level, with other draws
  /// A run whose weights are tested, its training left out; empty: train first.
  std::filesystem::path run;
};

struct NoiseResult {
  NoiseLevel level;
  std::vector<double> accuracies;  ///< 0..1, one a repeat

  [[nodiscard]] double mean() const;       ///< NaN without one
  [[nodiscard]] double deviation() const;  ///< of the population; NaN without one
};

struct RobustnessResults {
  std::vector<double> train_accuracies;  ///< 0..1, one an epoch; empty for a finished run
  double train_seconds = 0.0;            ///< mean of an epoch; 0 without a training
  std::vector<NoiseResult> levels;
  std::int64_t inputs = 0;
  std::int64_t classes = 0;
  std::int64_t train_samples = 0;
};

/// What is done so far; false ends the work, which then throws Interrupted.
using RobustnessProgress =
    std::function<bool(const RobustnessResults& so_far, const std::string& doing, double part)>;

/// The published experiment: SHD at 1 ms, 3 x 128, batch 64, 100 epochs at a constant rate.
Experiment robustness_experiment();

/// Throws Error(setting), Error(file), Error(numerical) and Interrupted.
RobustnessResults run_robustness(const Experiment& experiment, const RobustnessPlan& plan,
                                 const RobustnessProgress& progress);

/// The published result file: train_accuracies, train_duration, test_accuracies by level ("null",
/// "0", "5", ...), nb_spikes and test_duration null, PARAMS.
std::string robustness_json(const Experiment& experiment, const RobustnessPlan& plan,
                            const RobustnessResults& results);

}  // namespace paralif
