#include "core/networks/network.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>

#include "core/kernels/interruption.h"
#include "core/layers/layer_kind.h"

namespace paralif {
namespace {

/// Another key for every layer, so that their draws are independent.
std::uint64_t key_of_layer(std::uint64_t key, std::size_t layer) {
  std::uint64_t z = key + 0x9e3779b97f4a7c15ULL * (layer + 1);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

bool refers_to(const LayerDescription& layer, const std::string& id) {
  const auto from = layer.values.find("from");
  if (from == layer.values.end()) return false;
  const auto* named = std::get_if<std::string>(&from->second);
  return named != nullptr && *named == id;
}

}  // namespace

Network::Network(NetworkDescription description, const SignalShape& input, std::uint64_t seed)
    : description_(std::move(description)),
      input_(input),
      shapes_(infer_shapes(description_, input)) {
  const auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  for (std::size_t i = 0; i < description_.layers.size(); ++i) {
    const LayerDescription& layer = description_.layers[i];
    const LayerMaking making{i == 0 ? input_ : shapes_[i - 1], generator};
    layers_.push_back(register_module(layer.id, find_layer_kind(layer.kind)->make(layer, making)));
    referred_.push_back(std::ranges::any_of(
        description_.layers, [&](const auto& other) { return refers_to(other, layer.id); }));
  }
}

Network::Output Network::forward(const torch::Tensor& input, std::uint64_t noise_key,
                                 bool want_traces) {
  Output output;
  LayerPass pass;
  pass.want_membranes = want_traces;
  torch::Tensor x = input;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    throw_if_interrupted();
    pass.noise_key = key_of_layer(noise_key, i);
    pass.trace = {};
    x = layers_[i]->forward(x, pass);
    if (referred_[i]) pass.outputs[description_.layers[i].id] = x;
    if (want_traces) output.traces.push_back(std::move(pass.trace));
  }
  output.readout = x;
  return output;
}

void Network::set_evaluation(Evaluation evaluation) {
  for (auto& layer : layers_) layer->set_evaluation(evaluation);
}

void Network::set_agreement(Agreement agreement) {
  for (auto& layer : layers_) layer->set_agreement(agreement);
}

void Network::constrain() {
  for (auto& layer : layers_) layer->constrain();
}

}  // namespace paralif
