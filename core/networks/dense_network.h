// The published dense network: Linear and neurons, repeated, then a read-out that integrates.
#pragma once

#include <torch/nn/modules/linear.h>
#include <torch/nn/module.h>
#include <torch/types.h>

#include <string>
#include <vector>

#include "core/neurons/neuron_layer.h"
#include "core/values/spike_batch.h"

namespace paralif {

/// What layers may have of their own; otherwise as NeuronSettings.
struct LayerSettings {
  std::vector<double> tau_mem_s;
  std::vector<double> tau_syn_s;
  bool recurrent = false;
};

struct DenseNetworkSettings {
  std::int64_t inputs = 1;
  std::int64_t classes = 2;
  std::vector<std::int64_t> hidden{128};
  bool spiking = true;  ///< false: a ReLU network without time constants
  /// Of every hidden layer; `neurons` is set by the layer, the read-out neither fires nor recurs.
  NeuronSettings neuron;
  /// Of the hidden layers, then of the read-out; empty: all as `neuron`.
  std::vector<LayerSettings> layers;
  std::vector<std::int64_t> delay_max;  ///< after each hidden layer; 0 or none: no delay
  std::string delay_distribution = "normal";
  bool learn_decay_per_neuron = false;
};

struct LayerOutput {
  torch::Tensor output;    ///< (B, T, N)
  torch::Tensor membrane;  ///< (B, T, N); only where asked for
  torch::Tensor feedback;  ///< (B, T, N); recurrent layers only
  torch::Tensor input;     ///< (B, T, N): synaptic input, detached; only where asked for
};

struct NetworkOutput {
  torch::Tensor readout;            ///< (B, T, classes): membrane of the read-out
  std::vector<LayerOutput> hidden;  ///< one a hidden layer
};

/// Weights start Kaiming uniform (gain 1, fan in), biases 0, drawn from Torch's default generator.
class DenseNetwork : public torch::nn::Module {
 public:
  /// Throws Error(setting).
  explicit DenseNetwork(const DenseNetworkSettings& settings);

  /// (B, T, inputs), float. `noise_key` decides the stochastic draws of all layers.
  NetworkOutput forward(const torch::Tensor& input, std::uint64_t noise_key = 0,
                        bool want_membranes = false);

  /// The same for a batch of events on the network's device. The fused evaluation takes them
  /// into the first Linear event by event, unless they are so dense that a matrix is faster.
  NetworkOutput forward(const SpikeBatch& batch, std::uint64_t noise_key = 0,
                        bool want_membranes = false);

  void set_evaluation(Evaluation evaluation);

  [[nodiscard]] const DenseNetworkSettings& settings() const { return settings_; }
  [[nodiscard]] std::int64_t hidden_neurons() const;
  /// Of hidden layer i; its threshold is what the window draws. Null for a ReLU network.
  [[nodiscard]] const NeuronLayer* neurons(std::size_t layer) const;
  [[nodiscard]] torch::Tensor weight(std::size_t layer) const;  ///< layers, then the read-out

 private:
  [[nodiscard]] NeuronSettings neuron_of(std::size_t layer, std::int64_t units) const;
  [[nodiscard]] bool fused() const;
  [[nodiscard]] torch::Tensor product(std::size_t layer, const torch::Tensor& x);
  NetworkOutput forward_from(torch::Tensor first, std::uint64_t noise_key, bool want_membranes);

  DenseNetworkSettings settings_;
  std::vector<torch::nn::Linear> linear_;
  std::vector<std::shared_ptr<NeuronLayer>> neurons_;
  std::vector<torch::Tensor> delays_;  ///< one a hidden layer; undefined: no delay
};

/// A loss the network's firing adds: relu(sum over layers and neurons of the mean spikes
/// - limit x hidden neurons)^2, for outputs and, with `feedback`, for what is fed back.
torch::Tensor firing_cost(const NetworkOutput& output, double limit, std::int64_t hidden_neurons,
                          bool feedback);

}  // namespace paralif
