// A network built from its description.
#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/layers/layer_module.h"
#include "core/values/network_description.h"
#include "core/values/spike_batch.h"

namespace paralif {

/// Every parameter of a module under its own name.
std::vector<std::pair<std::string, torch::Tensor>> named_parameters_of(
    const torch::nn::Module& module);

struct NetworkOutput {
  torch::Tensor readout;           ///< (B, T', features) of the last layer
  std::vector<LayerTrace> hidden;  ///< one a layer of neurons that fire, in their order
  /// Of each layer (B, T, features...), where membranes are asked for; undefined for a first layer
  /// that took events.
  std::vector<torch::Tensor> inputs;
};

/// A layer of neurons that fire, for what is shown and counted of it.
struct HiddenLayer {
  std::string id;
  std::string name;  ///< "Hidden 1", ...
  SignalShape shape;
  const NeuronLayer* neurons = nullptr;  ///< LIF or ParaLIF; null: other neurons
};

using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;

/// First values are drawn in the order of the layers from a generator of the network's own.
class Network : public torch::nn::Module {
 public:
  /// Throws Error(setting) as infer_shapes does.
  Network(NetworkDescription description, const SignalShape& input, std::uint64_t seed);

  /// (B, T, features...). `noise_key` decides the stochastic draws of all layers.
  NetworkOutput forward(const torch::Tensor& input, std::uint64_t noise_key = 0,
                        bool want_membranes = false);

  /// The same for a batch of events on the network's device: a first layer that can takes them
  /// event by event, unless they are so dense that a matrix is faster.
  NetworkOutput forward(const SpikeBatch& batch, std::uint64_t noise_key = 0,
                        bool want_membranes = false);

  void set_backend(Backend backend);
  void set_agreement(Agreement agreement);
  void set_precision(Precision precision);
  /// After epoch `epoch` of `epochs`, counted from 1: what changes from epoch to epoch.
  void end_epoch(std::int64_t epoch, std::int64_t epochs);
  /// After each optimiser step: brings parameters back into their range.
  void constrain();

  [[nodiscard]] const NetworkDescription& description() const { return description_; }
  [[nodiscard]] const SignalShape& input() const { return input_; }
  [[nodiscard]] const std::vector<SignalShape>& shapes() const { return shapes_; }
  [[nodiscard]] const std::vector<std::shared_ptr<LayerModule>>& layers() const { return layers_; }
  [[nodiscard]] const std::vector<HiddenLayer>& hidden() const { return hidden_; }
  [[nodiscard]] std::int64_t hidden_neurons() const;

  /// Parameters, and buffers, as files name them: "<layer id>.<parameter>", such as "c1.weight" or
  /// "n1.threshold"; for the dense network these are the published names.
  [[nodiscard]] NamedTensors trained_tensors() const;
  [[nodiscard]] NamedTensors kept_tensors() const;

 private:
  NetworkOutput run(torch::Tensor x, std::size_t first, std::uint64_t noise_key,
                    bool want_membranes);

  NetworkDescription description_;
  SignalShape input_;
  std::vector<SignalShape> shapes_;
  std::vector<std::shared_ptr<LayerModule>> layers_;
  std::vector<std::uint64_t> draws_;  ///< what a layer's noise key is made of
  std::vector<bool> referred_;        ///< whether a later layer asks for this one's output
  std::vector<HiddenLayer> hidden_;
};

/// A loss the network's firing adds: relu(sum over layers and neurons of the mean spikes
/// - limit x hidden neurons)^2, for outputs and, with `feedback`, for what is fed back.
torch::Tensor rate_regularisation(const NetworkOutput& output, double limit, std::int64_t hidden_neurons,
                          bool feedback);

}  // namespace paralif
