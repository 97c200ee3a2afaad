// Thousands of neurons of one model as one batch of the fused sweeps.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "core/lab/judge.h"

namespace paralif::lab {

/// What a cancelled search throws to leave its loops; never reaches a caller of the search.
struct SearchCancelled {};

/// All neurons share model and mode (not Izhikevich's); everything else is each one's own.
/// Single precision. Not for several threads at once.
class Population : public Bench {
 public:
  /// `cancelled` (may be null) is looked at now and then; run() throws SearchCancelled.
  explicit Population(std::vector<LabNeuron> neurons, const std::atomic<bool>* cancelled = nullptr);

  [[nodiscard]] std::size_t size() const override { return neurons_.size(); }
  [[nodiscard]] const LabNeuron& neuron(std::size_t index) const override {
    return neurons_[index];
  }
  void run(const Stimulus& stimulus, std::span<const double> scales, bool membrane,
           std::vector<Response>& responses) override;

  /// Decides the draws of the stochastic modes.
  void set_seed(std::uint64_t seed) { seed_ = seed; }
  /// Neurons times steps so far.
  [[nodiscard]] std::int64_t neuron_steps() const { return neuron_steps_; }

 private:
  void run_tile(const std::vector<float>& values, std::span<const double> scales, bool membrane,
                std::size_t first, std::size_t count, double step_ms,
                std::vector<Response>& responses);
  void sweep(std::size_t first, std::size_t count, std::int64_t steps, bool membrane);

  std::vector<LabNeuron> neurons_;
  const std::atomic<bool>* cancelled_;
  std::uint64_t seed_ = 0;
  std::int64_t neuron_steps_ = 0;
  double decays_for_s_ = 0.0;  ///< the time step that alpha_ and beta_ were made for
  std::vector<float> alpha_, beta_, threshold_;
  std::vector<float> input_, spikes_, membrane_;
};

}  // namespace paralif::lab
