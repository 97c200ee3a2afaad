// SpikingJelly's LIFNode and ParametricLIFNode: no synaptic filter, hard or soft reset.
//
// v = v + (x - v) / tau with decay_input, v = v (1 - 1 / tau) + x without; spike where
// v >= threshold; then v = 0 (hard) or v - threshold (soft). Learned (PLIF): 1 / tau = sigmoid(w),
// one w a layer, w = -ln(tau - 1) at first.
#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include "core/neurons/neuron_layer.h"

namespace paralif {

enum class ResetRule : std::uint8_t { hard, soft };

struct MultiStepLifSettings {
  double tau_steps = 2.0;  ///< membrane time constant in time steps, above 1
  bool learn_tau = false;
  bool decay_input = true;
  bool fire = true;  ///< false: returns its membrane, without reset
  double threshold = 1.0;
  ResetRule reset = ResetRule::hard;
  bool detach_reset = false;  ///< the reset passes no gradient to the spike
  Surrogate surrogate = Surrogate::atan;
  double surrogate_scale = 2.0;
};

/// Parameters: "w" where tau is learned.
class MultiStepLif : public torch::nn::Module {
 public:
  explicit MultiStepLif(const MultiStepLifSettings& settings);

  /// (B, T, N) of input, from zero state.
  NeuronOutput forward(const torch::Tensor& input, bool want_membrane = false);
  /// The same in single Torch operations, a tensor a step: the oracle of the pass.
  NeuronOutput forward_by_steps(const torch::Tensor& input);

  [[nodiscard]] const MultiStepLifSettings& settings() const { return settings_; }
  /// 1 / tau.
  [[nodiscard]] torch::Tensor rate() const;

 private:
  MultiStepLifSettings settings_;
  torch::Tensor w_;     ///< undefined where tau is fixed
  torch::Tensor rate_;  ///< buffer, where tau is fixed
};

}  // namespace paralif
