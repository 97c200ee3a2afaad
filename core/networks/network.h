// A network built from its description.
#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include <memory>
#include <string>
#include <vector>

#include "core/layers/layer_module.h"
#include "core/networks/network_description.h"

namespace paralif {

/// Parameters are named "<layer id>.<parameter>", such as "c1.weight" or "n1.neuron.threshold".
/// First values are drawn in the order of the layers from a generator of the network's own.
class Network : public torch::nn::Module {
 public:
  /// Throws Error(setting) as infer_shapes does.
  Network(NetworkDescription description, const SignalShape& input, std::uint64_t seed);

  struct Output {
    torch::Tensor readout;           ///< (B, T', features) of the last layer
    std::vector<LayerTrace> traces;  ///< one a layer; defined for neuron layers, where wanted
  };

  /// (B, T, features...). `noise_key` decides the stochastic draws of all layers.
  Output forward(const torch::Tensor& input, std::uint64_t noise_key = 0, bool want_traces = false);

  void set_evaluation(Evaluation evaluation);
  void set_agreement(Agreement agreement);
  /// After each optimiser step: brings parameters back into their range.
  void constrain();

  [[nodiscard]] const NetworkDescription& description() const { return description_; }
  [[nodiscard]] const SignalShape& input() const { return input_; }
  [[nodiscard]] const std::vector<SignalShape>& shapes() const { return shapes_; }
  [[nodiscard]] const std::vector<std::shared_ptr<LayerModule>>& layers() const { return layers_; }

 private:
  NetworkDescription description_;
  SignalShape input_;
  std::vector<SignalShape> shapes_;
  std::vector<std::shared_ptr<LayerModule>> layers_;
  std::vector<bool> referred_;  ///< whether a later layer asks for this one's output
};

}  // namespace paralif
