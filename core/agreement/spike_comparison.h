// Comparing two runs of a neuron layer whose spikes may part where a membrane grazes a threshold.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <string>

#include "core/agreement/golden_case.h"

namespace paralif::verification {

struct SpikeComparison {
  double membrane = 0.0;           ///< worst difference over the largest membrane value
  std::int64_t differing = 0;      ///< spikes that differ and are not excused
  std::int64_t excused = 0;        ///< spikes that differ where the membrane grazes the threshold
  std::int64_t skipped_chains = 0; ///< sequences left out after an excused difference
};

/// Deterministic rules. After an excused difference of LIF, what the reset then changes (the
/// neuron, or in a recurrent layer its sample) is not compared further. `ours` may be undefined
/// spikes for a read-out. `tolerance` is relative to the largest membrane value.
SpikeComparison compare_spikes(const GoldenCase& golden, const torch::Tensor& membrane,
                               const torch::Tensor& spikes, const torch::Tensor& threshold,
                               double tolerance);

/// Probability of a spike at each membrane of a stochastic rule.
torch::Tensor spike_probability(const torch::Tensor& membrane, const SpikeRule& rule);

/// |sum of spikes - sum of p| in standard errors; infinite where no draw could give it.
double deviations(const torch::Tensor& spikes, const torch::Tensor& probability);

/// The hidden spikes of a recorded stochastic recurrent ParaLIF, from its membrane:
/// final = 2 M + filter(W h + b), solved for h: by least squares where the weights are well
/// conditioned, else, up to 14 neurons, as the vectors of zeros and ones that come nearest. Whether
/// the membrane follows from them is for the caller to compare.
struct RecoveredFeedback {
  torch::Tensor spikes;      ///< (B, T, N), 0 or 1, float64; undefined where they cannot be told
  std::string found_by;      ///< "least squares" or "search", or why they cannot be told
  bool unique = true;        ///< no other spikes give this membrane
  bool contradicted = false; ///< no spikes at all give this membrane
};
RecoveredFeedback recovered_feedback(const GoldenCase& golden, const NeuronLayer& layer);

}  // namespace paralif::verification
