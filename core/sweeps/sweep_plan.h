// A sweep: trainings of one experiment that differ in some settings.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/experiments/experiment.h"
#include "core/sweeps/sweep_axis.h"

namespace paralif {

enum class SweepMode : std::uint8_t { grid, random, list };

struct SweepPlan {
  static constexpr std::size_t most_trials = 100'000;

  std::string name;  ///< of its folder, after what a folder may be called
  Experiment base;
  SweepMode mode = SweepMode::grid;
  std::vector<SweepAxis> axes;  ///< grid: every combination, the last axis fastest
  std::int64_t trials = 0;      ///< random: so many; each axis drawn on its own
  std::int64_t seed = 0;        ///< random: of the drawing, not of the trainings
  /// list: the settings of each trial, by key.
  std::vector<std::vector<std::pair<std::string, std::string>>> list;
  std::int64_t threads = 1;  ///< of each training, so that every machine computes the same

  bool operator==(const SweepPlan&) const = default;
};

struct SweepTrial {
  std::int64_t number = 0;                                     ///< from 1
  std::vector<std::pair<std::string, std::string>> settings;   ///< key and value, in axis order
  Experiment experiment;
};

/// Keys that vary, in their order.
std::vector<std::string> varied_keys(const SweepPlan& plan);

/// How many trials there are. Throws Error(setting) as trials_of() does, but for what an experiment
/// cannot be.
std::size_t trial_count(const SweepPlan& plan);

/// The trials, at most `most` of them, each an experiment that can run. Throws Error(setting) that
/// names the trial's setting, and when there are none or more than most_trials.
std::vector<SweepTrial> trials_of(const SweepPlan& plan,
                                  std::size_t most = SweepPlan::most_trials);

/// "neuron LIF, hidden 64, seed 1": flags and values.
std::string text_of(const std::vector<std::pair<std::string, std::string>>& settings);

/// sweep.json. Throws Error(file).
std::string to_json(const SweepPlan& plan);
SweepPlan sweep_from_json(const std::string& text, const std::string& origin);

}  // namespace paralif
