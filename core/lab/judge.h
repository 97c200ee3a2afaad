// Runs a feature's protocol on a bench of neurons and applies its criterion.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/lab/criteria.h"
#include "core/lab/lab_neuron.h"
#include "core/lab/protocol.h"

namespace paralif::lab {

struct Response {
  Times times_ms;
  std::vector<double> membrane;  ///< one value a step, when asked for
};

/// Neurons that can be run: one, or thousands as a batch.
class Bench {
 public:
  virtual ~Bench() = default;
  [[nodiscard]] virtual std::size_t size() const = 0;
  /// All neurons under one stimulus, each one's times its scale (empty: 1). `responses` has
  /// size() entries, which are replaced.
  virtual void run(const Stimulus& stimulus, std::span<const double> scales, bool membrane,
                   std::vector<Response>& responses) = 0;
  [[nodiscard]] virtual const LabNeuron& neuron(std::size_t index) const = 0;
};

/// One finding a neuron. Never throws but what the bench throws.
std::vector<Finding> judge(Feature feature, const ProtocolSettings& settings, Bench& bench);

/// One neuron in double precision.
class SingleBench : public Bench {
 public:
  explicit SingleBench(const LabNeuron& neuron) : neuron_(neuron) {}
  [[nodiscard]] std::size_t size() const override { return 1; }
  void run(const Stimulus& stimulus, std::span<const double> scales, bool membrane,
           std::vector<Response>& responses) override;
  [[nodiscard]] const LabNeuron& neuron(std::size_t) const override { return neuron_; }

 private:
  LabNeuron neuron_;
};

/// The finding of one neuron; a stochastic one must show it in nine of ten trials.
struct Verdict {
  Finding finding;
  int shown = 0;  ///< trials that show it
  int trials = 1;
};
Verdict judge_neuron(Feature feature, const ProtocolSettings& settings, const LabNeuron& neuron);

inline constexpr int stochastic_trials = 10;
inline constexpr int stochastic_needed = 9;

}  // namespace paralif::lab
