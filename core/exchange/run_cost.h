// What a recorded run's network computes for a sample, and what that would cost. Without Torch.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/values/energy_figures.h"

namespace paralif {

struct RunCostPlan {
  std::filesystem::path run;
  std::int64_t samples = 100;  ///< of the test set, spread evenly
};

/// Counts are means a sample, over all its steps.
struct RunCost {
  struct Layer {
    std::string id;
    std::string kind;
    std::int64_t parameters = 0;
    double active = 0.0;     ///< share of what comes in that is not 0; NaN: nothing is multiplied
    double additions = 0.0;  ///< of a weight that a spike causes, or a count of spikes times
    double multiplications = 0.0;  ///< of a weight with an input that is more than a spike
    double dense = 0.0;      ///< multiply-adds of a layer that skips no zero
    double updates = 0.0;    ///< of the state of a neuron in a step
    double spikes = 0.0;
    std::int64_t memory = 0;  ///< bytes of parameters and states of one sample, in 4 bytes each
  };
  std::int64_t samples = 0;
  double steps = 0.0;  ///< of a sample
  std::vector<Layer> layers;
};

/// Told the share done; false ends it with Interrupted. Throws Error(file) and Error(setting).
RunCost cost_of_run(const RunCostPlan& plan, const std::function<bool(double)>& progress);

/// Microjoules a sample.
struct CostEnergy {
  double synapses = 0.0;     ///< what spikes cause
  double weighted = 0.0;     ///< inputs that are more than spikes
  double updates = 0.0;      ///< of neurons
  double dense = 0.0;        ///< the same weights with ReLU in place of neurons, in every step
  double dense_once = 0.0;   ///< and if one pass of that network were enough

  [[nodiscard]] double spiking() const { return synapses + weighted + updates; }
};
CostEnergy energy_of(const RunCost& cost, const EnergyFigures& figures);

}  // namespace paralif
