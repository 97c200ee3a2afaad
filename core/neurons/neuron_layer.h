// A layer of spiking neurons, LIF or ParaLIF, as a Torch module.
#pragma once

#include <torch/fft.h>
#include <torch/nn/module.h>
#include <torch/types.h>

#include <memory>

#include "core/neurons/initialisation.h"
#include "core/values/neuron_settings.h"

namespace paralif {

/// What a layer of N neurons feeds back to itself: weights (N, N) and biases (N).
class RecurrentWeights : public torch::nn::Module {
 public:
  /// Drawn as "published" of initialisation.h.
  RecurrentWeights(std::int64_t neurons, torch::Generator generator);

  /// (B, N) or (B, T, N).
  [[nodiscard]] torch::Tensor forward(const torch::Tensor& x) const {
    return torch::linear(x, weight, bias);
  }

  torch::Tensor weight, bias;
};

/// One value, or (N), as it is; one a channel (C) as (N), for channels of N / C neurons each.
torch::Tensor over_neurons(const torch::Tensor& values, std::int64_t neurons);

struct NeuronOutput {
  torch::Tensor output;    ///< (B, T, N): spikes, or the membrane of a layer that does not fire
  torch::Tensor membrane;  ///< (B, T, N), after the reset, detached; only where asked for
  torch::Tensor feedback;  ///< (B, T, N): what was fed back; undefined without recurrence
};

/// Parameters: "threshold" (learn_threshold), "alpha" and "beta" (learn_tau, each where its time
/// constant is present), "recurrent.weight" and "recurrent.bias" (recurrent).
class NeuronLayer : public torch::nn::Module {
 public:
  /// `generator` draws the recurrent weights. Throws Error(setting).
  explicit NeuronLayer(NeuronSettings settings, torch::Generator generator = weight_generator(0));

  /// (B, T, N) of synaptic input, from zero state. `noise_key` decides the stochastic draws.
  NeuronOutput forward(const torch::Tensor& input, std::uint64_t noise_key = 0,
                       bool want_membrane = false);

  [[nodiscard]] const NeuronSettings& settings() const { return settings_; }
  void set_backend(Backend backend);
  void set_agreement(Agreement agreement) { settings_.agreement = agreement; }

  /// Effective values, of one element or N: synaptic decay, membrane decay, threshold.
  [[nodiscard]] torch::Tensor alpha() const;
  [[nodiscard]] torch::Tensor beta() const;
  [[nodiscard]] torch::Tensor threshold() const;

  std::shared_ptr<RecurrentWeights> recurrent;  ///< null without recurrence

 private:
  NeuronOutput lif_sequential(const torch::Tensor& x);
  NeuronOutput lif_fused(const torch::Tensor& x, bool want_membrane);
  NeuronOutput paralif_sequential(const torch::Tensor& x, const SpikeRule& hidden,
                                  const SpikeRule& output);
  NeuronOutput paralif_fft(const torch::Tensor& x, const SpikeRule& hidden,
                           const SpikeRule& output);
  NeuronOutput paralif_fused(const torch::Tensor& x, const SpikeRule& hidden,
                             const SpikeRule& output, bool want_membrane);

  NeuronSettings settings_;
  torch::Tensor alpha_;
  torch::Tensor beta_;
  torch::Tensor threshold_;
  bool alpha_learned_ = false;
  bool beta_learned_ = false;
};

}  // namespace paralif
