// A layer as a Torch module.
#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/values/neuron_settings.h"
#include "core/values/precision.h"
#include "core/values/signal_shape.h"

namespace paralif {

class NeuronLayer;
struct SpikeBatch;

/// What a module is made from besides its description.
struct LayerMaking {
  SignalShape input;
  torch::Generator generator;  ///< draws the first values of parameters
};

/// What a neuron layer showed of itself in a pass.
struct LayerTrace {
  torch::Tensor output;    ///< (B, T, features...)
  torch::Tensor membrane;  ///< the same shape, after the reset; only where asked for
  torch::Tensor feedback;  ///< what was fed back; recurrent layers only
  torch::Tensor input;     ///< synaptic input, detached; only where membranes are asked for
};

/// One pass through a network.
struct LayerPass {
  std::uint64_t noise_key = 0;  ///< decides every random draw of the layer in hand
  bool want_membranes = false;
  LayerTrace trace;                              ///< filled in by a neuron layer
  std::map<std::string, torch::Tensor> outputs;  ///< of the earlier layers that others refer to
};

/// What a layer has besides weights, one value or many, as people think of it.
struct LayerConstant {
  std::string_view name;  ///< "tau_mem" and "tau_syn" (s), "tau" (steps), "threshold", "delay" (steps)
  torch::Tensor values;
};

class LayerModule : public torch::nn::Module {
 public:
  /// (B, T, features...) to (B, T', features'...), from zero state.
  virtual torch::Tensor forward(const torch::Tensor& x, LayerPass& pass) = 0;

  /// The same for a batch of events, by a layer that takes them one by one where that is faster.
  /// Nothing: it wants them as a tensor.
  virtual std::optional<torch::Tensor> from_events(const SpikeBatch&) { return std::nullopt; }

  /// Draws what is random besides weights, after the weights of all layers.
  virtual void draw(torch::Generator) {}

  /// LIF or ParaLIF neurons, for what is shown of them; null: other neurons, or none.
  [[nodiscard]] virtual const NeuronLayer* neurons() const { return nullptr; }
  [[nodiscard]] virtual bool has_neurons() const { return false; }
  /// Neurons that give spikes, not their membrane.
  [[nodiscard]] virtual bool fires() const { return false; }

  /// Now; nothing for most layers.
  [[nodiscard]] virtual std::vector<LayerConstant> constants() const { return {}; }
  /// Additions of a weight that the nonzero values of an input (B, T, features...) cause.
  [[nodiscard]] virtual double synaptic_operations(const torch::Tensor&) const { return 0.0; }

  /// How neurons are computed; layers without a choice ignore these.
  virtual void set_backend(Backend) {}
  virtual void set_agreement(Agreement) {}
  /// How products of weights are computed; layers without any ignore it.
  virtual void set_precision(Precision) {}
  /// After epoch `epoch` of `epochs`, counted from 1: what changes from epoch to epoch.
  virtual void end_epoch(std::int64_t, std::int64_t) {}
  /// After each optimiser step: brings parameters back into their range.
  virtual void constrain() {}
};

/// A tensor as a product of that precision takes it, and its result as float32 again.
torch::Tensor rounded(const torch::Tensor& x, Precision precision);
torch::Tensor unrounded(const torch::Tensor& x);

/// (B, T, features...) as (B T, features...), and back with other features.
torch::Tensor without_time(const torch::Tensor& x);
torch::Tensor with_time(const torch::Tensor& x, const torch::Tensor& like);

}  // namespace paralif
