#include "core/networks/network.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/kernels/interruption.h"
#include "core/kernels/tensor_memory.h"
#include "core/layers/layer_kind.h"
#include "core/networks/dense_input.h"
#include "core/networks/infer_shapes.h"
#include "core/neurons/initialisation.h"

namespace paralif {
namespace {

using torch::Tensor;

/// Keys of layers without neurons are apart from those of neurons, which are counted by themselves.
constexpr std::uint64_t without_neurons = 1ULL << 32U;

/// Another key for every layer, so that their draws are independent.
std::uint64_t key_of_layer(std::uint64_t key, std::uint64_t layer) {
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

/// "n1.neuron.threshold" as files name it: "n1.threshold".
std::string file_name(std::string name) {
  constexpr std::string_view inner = ".neuron";
  if (const auto at = name.find(".neuron."); at != std::string::npos) name.erase(at, inner.size());
  return name;
}

NamedTensors named(const torch::OrderedDict<std::string, Tensor>& tensors) {
  NamedTensors all;
  for (const auto& one : tensors) all.emplace_back(file_name(one.key()), one.value());
  return all;
}

}  // namespace

NamedTensors named_parameters_of(const torch::nn::Module& module) {
  return named(module.named_parameters());
}

Network::Network(NetworkDescription description, const SignalShape& input, std::uint64_t seed)
    : description_(std::move(description)),
      input_(input),
      shapes_(infer_shapes(description_, input)) {
  pool_tensor_memory();
  const auto generator = weight_generator(seed);
  std::uint64_t with = 0;
  std::uint64_t without = without_neurons;
  for (std::size_t i = 0; i < description_.layers.size(); ++i) {
    const LayerDescription& layer = description_.layers[i];
    const LayerMaking making{i == 0 ? input_ : shapes_[i - 1], generator};
    layers_.push_back(register_module(layer.id, find_layer_kind(layer.kind)->make(layer, making)));
    const LayerModule& made = *layers_.back();
    draws_.push_back(made.has_neurons() ? with++ : without++);
    referred_.push_back(std::ranges::any_of(
        description_.layers, [&](const auto& other) { return refers_to(other, layer.id); }));
    if (!made.fires()) continue;
    hidden_.push_back({layer.id, fmt::format("Hidden {}", hidden_.size() + 1), shapes_[i],
                       made.neurons()});
  }
  for (const auto& layer : layers_) layer->draw(generator);
}

NetworkOutput Network::forward(const Tensor& input, std::uint64_t noise_key, bool want_membranes) {
  return run(input, 0, noise_key, want_membranes);
}

NetworkOutput Network::forward(const SpikeBatch& batch, std::uint64_t noise_key,
                               bool want_membranes) {
  const bool alone = !referred_.front();
  if (const auto first = alone ? layers_.front()->from_events(batch) : std::nullopt) {
    return run(*first, 1, noise_key, want_membranes);
  }
  const auto parameters = this->parameters();
  const auto device = parameters.empty() ? torch::Device(torch::kCPU) : parameters.front().device();
  const auto type = parameters.empty() ? torch::kFloat32 : parameters.front().scalar_type();
  std::vector<std::int64_t> sizes{batch.samples, batch.steps};
  sizes.insert(sizes.end(), input_.features.begin(), input_.features.end());
  return run(dense_input(batch).reshape(sizes).to(device, type), 0, noise_key, want_membranes);
}

NetworkOutput Network::run(Tensor x, std::size_t first, std::uint64_t noise_key,
                           bool want_membranes) {
  NetworkOutput output;
  LayerPass pass;
  pass.want_membranes = want_membranes;
  if (want_membranes) output.inputs.resize(first);
  for (std::size_t i = first; i < layers_.size(); ++i) {
    throw_if_interrupted();
    pass.noise_key = key_of_layer(noise_key, draws_[i]);
    pass.trace = {};
    if (want_membranes) output.inputs.push_back(x);
    x = layers_[i]->forward(x, pass);
    if (referred_[i]) pass.outputs[description_.layers[i].id] = x;
    if (layers_[i]->fires()) output.hidden.push_back(std::move(pass.trace));
  }
  output.readout = std::move(x);
  return output;
}

void Network::set_backend(Backend backend) {
  for (auto& layer : layers_) layer->set_backend(backend);
}

void Network::set_agreement(Agreement agreement) {
  for (auto& layer : layers_) layer->set_agreement(agreement);
}

void Network::set_precision(Precision precision) {
  for (auto& layer : layers_) layer->set_precision(precision);
}

void Network::end_epoch(std::int64_t epoch, std::int64_t epochs) {
  for (auto& layer : layers_) layer->end_epoch(epoch, epochs);
}

void Network::constrain() {
  const torch::NoGradGuard no_grad;
  for (auto& layer : layers_) layer->constrain();
}

std::int64_t Network::hidden_neurons() const {
  std::int64_t count = 0;
  for (const HiddenLayer& layer : hidden_) count += layer.shape.units();
  return count;
}

NamedTensors Network::trained_tensors() const { return named(named_parameters()); }

NamedTensors Network::kept_tensors() const { return named(named_buffers()); }

Tensor rate_regularisation(const NetworkOutput& output, double limit, std::int64_t hidden_neurons,
                   bool feedback) {
  Tensor total = torch::zeros({}, output.readout.options());
  for (const LayerTrace& layer : output.hidden) {
    const Tensor& spikes = feedback ? layer.feedback : layer.output;
    if (spikes.defined()) total = total + spikes.mean(std::vector<std::int64_t>{0, 1}).sum();
  }
  return torch::relu(total - limit * static_cast<double>(hidden_neurons)).square();
}

}  // namespace paralif
