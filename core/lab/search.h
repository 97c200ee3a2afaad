// Where in parameter space does a model show a feature? Thousands of neurons tried as batches.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/lab/judge.h"

namespace paralif::lab {

/// One neuron that was tried, in the units of LabNeuron.
struct SearchSample {
  float tau_mem_s = 0, tau_syn_s = 0, threshold = 0, gain = 0, background = 0;
  bool shown = false;
};

/// Parameters that show the feature, confirmed in double precision.
struct FoundSetting {
  LabNeuron neuron;
  ProtocolSettings protocol;
  double score = 0.0;       ///< of the criterion, 0..1
  double robustness = 0.0;  ///< part of the neighbours within 10 % that show it too
};

enum class Answer : std::uint8_t { found, not_found, impossible };
std::string_view to_string(Answer answer);

/// One model and one feature.
struct CellResult {
  std::string model;
  Feature feature = Feature::tonic_spiking;
  Answer answer = Answer::not_found;
  std::string reason;      ///< why impossible, or what most tries failed by
  std::int64_t tried = 0;  ///< neurons
  std::int64_t shown = 0;  ///< of them
  std::int64_t neuron_steps = 0;
  std::optional<FoundSetting> best;  ///< clearest
  std::optional<FoundSetting> most_robust;
  std::vector<SearchSample> samples;
};

struct SearchSettings {
  int rounds = 12;    ///< each with its own stimulus
  int neurons = 512;  ///< of a round, each with its own parameters
  std::uint64_t seed = 1;
};

/// Searches one cell on the calling thread. `progress` hears of every round with what is known so
/// far. `model` must not be Izhikevich's. Throws SearchCancelled once `cancelled` is true.
CellResult search_cell(const std::string& model, Feature feature, const SearchSettings& settings,
                       const std::atomic<bool>* cancelled = nullptr,
                       const std::function<void(const CellResult&)>& progress = {});

}  // namespace paralif::lab
