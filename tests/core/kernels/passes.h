// What the tests of kernels share: a layer's forward and backward as plain tensors.
#pragma once

#include <torch/types.h>

#include <map>
#include <string>

#include "core/neurons/neuron_layer.h"

namespace paralif::testing {

struct LayerPass {
  torch::Tensor output, membrane, grad_input;
  std::map<std::string, torch::Tensor> gradients;
};

/// Runs a layer with fixed parameters over `input` (its dtype decides the precision) and back
/// from seeded output gradients.
inline LayerPass pass_of(NeuronSettings settings, Backend backend, const torch::Tensor& input,
                         bool want_membrane = true) {
  settings.backend = backend;
  torch::manual_seed(3);
  NeuronLayer layer(settings);
  layer.to(input.scalar_type());
  const torch::Tensor x = input.detach().set_requires_grad(true);
  const NeuronOutput out = layer.forward(x, 77, want_membrane);
  torch::manual_seed(5);
  // The same draws in either precision.
  out.output.backward(torch::randn(out.output.sizes(), torch::kFloat64).to(input.scalar_type()));
  LayerPass result{out.output.detach(), out.membrane, x.grad(), {}};
  for (const auto& p : layer.named_parameters()) {
    if (p.value().grad().defined()) result.gradients[p.key()] = p.value().grad();
  }
  return result;
}

inline bool near(const torch::Tensor& a, const torch::Tensor& b, double relative = 1e-7) {
  const double scale = b.abs().max().item<double>();
  return a.sizes() == b.sizes() && (a - b).abs().max().item<double>() <= relative * (scale + 1e-30);
}

/// Bit for bit.
inline bool same(const LayerPass& a, const LayerPass& b) {
  if (!torch::equal(a.output, b.output) || !torch::equal(a.grad_input, b.grad_input)) return false;
  for (const auto& [name, gradient] : a.gradients) {
    if (!torch::equal(gradient, b.gradients.at(name))) return false;
  }
  return a.gradients.size() == b.gradients.size();
}

inline NeuronSettings quick_neuron(std::int64_t neurons) {
  NeuronSettings s;
  s.neurons = neurons;
  s.tau_mem_s.assign(1, 0.008);
  s.tau_syn_s.assign(1, 0.004);
  s.threshold.assign(1, 0.1);
  s.learn_threshold = true;
  s.learn_tau = true;
  return s;
}

}  // namespace paralif::testing
