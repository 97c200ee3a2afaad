// Random parameters and stimuli of the search. Private to it.
#pragma once

#include <random>

#include "core/lab/lab_neuron.h"
#include "core/lab/protocol.h"

namespace paralif::lab {

class SearchDraws {
 public:
  explicit SearchDraws(std::uint64_t seed) : generator_(seed) {}

  [[nodiscard]] double uniform(double low, double high);
  [[nodiscard]] double logarithmic(double low, double high);
  [[nodiscard]] bool chance(double probability) { return uniform(0.0, 1.0) < probability; }

  /// Time constants of 1 to 50 ms, thresholds and backgrounds that suit the mode's squash.
  LabNeuron neuron(const LabNeuron& model);
  /// Every parameter within 10 % of a neuron's.
  LabNeuron neighbour(const LabNeuron& neuron);
  ProtocolSettings protocol(Feature feature);

 private:
  std::mt19937_64 generator_;
};

}  // namespace paralif::lab
