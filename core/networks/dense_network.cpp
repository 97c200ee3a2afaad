#include "core/networks/dense_network.h"

#include <fmt/format.h>
#include <torch/nn/init.h>

#include <algorithm>
#include <numeric>

#include "core/kernels/spike_linear.h"
#include "core/layers/delay.h"
#include "core/networks/dense_input.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;

torch::nn::Linear dense_layer(std::int64_t inputs, std::int64_t outputs) {
  torch::nn::Linear linear(inputs, outputs);
  const torch::NoGradGuard no_grad;
  torch::nn::init::kaiming_uniform_(linear->weight, 0.0, torch::kFanIn, torch::kLinear);
  linear->bias.zero_();
  return linear;
}

void repeat(std::vector<double>& values, std::int64_t count) {
  if (values.size() == 1) values.resize(static_cast<std::size_t>(count), values.front());
}

/// Another key for every layer, so that their draws are independent.
std::uint64_t layer_key(std::uint64_t key, std::size_t layer) {
  std::uint64_t z = key + 0x9e3779b97f4a7c15ULL * (layer + 1);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

}  // namespace

DenseNetwork::DenseNetwork(const DenseNetworkSettings& settings) : settings_(settings) {
  if (settings_.hidden.empty()) {
    throw Error(Error::Kind::setting, "hidden", "there is no hidden layer; give at least one size");
  }
  std::int64_t inputs = settings_.inputs;
  const auto add = [&](std::size_t layer, std::int64_t units) {
    // As in the published layer list: Linear even, neurons odd.
    linear_.push_back(register_module(std::to_string(2 * layer), dense_layer(inputs, units)));
    if (settings_.spiking) {
      neurons_.push_back(register_module(std::to_string(2 * layer + 1),
                                         std::make_shared<NeuronLayer>(neuron_of(layer, units))));
    }
    inputs = units;
  };
  for (std::size_t i = 0; i < settings_.hidden.size(); ++i) add(i, settings_.hidden[i]);
  add(settings_.hidden.size(), settings_.classes);
  for (std::size_t i = 0; i < std::min(settings_.hidden.size(), settings_.delay_max.size()); ++i) {
    delays_.emplace_back();
    if (settings_.delay_max[i] < 1) continue;
    delays_.back() = register_buffer(
        fmt::format("delay{}", i),
        random_delays(settings_.hidden[i], settings_.delay_max[i], settings_.delay_distribution,
                      at::detail::getDefaultCPUGenerator()));
  }
}

NeuronSettings DenseNetwork::neuron_of(std::size_t layer, std::int64_t units) const {
  NeuronSettings s = settings_.neuron;
  s.neurons = units;
  if (layer < settings_.layers.size()) {
    const LayerSettings& own = settings_.layers[layer];
    s.tau_mem_s = own.tau_mem_s;
    s.tau_syn_s = own.tau_syn_s;
    s.recurrent = own.recurrent;
  }
  if (layer == settings_.hidden.size()) {  // the read-out
    s.fire = false;
    s.recurrent = false;
  }
  if (settings_.learn_decay_per_neuron) {
    repeat(s.tau_mem_s, units);
    repeat(s.tau_syn_s, units);
  }
  return s;
}

bool DenseNetwork::fused() const {
  return settings_.neuron.evaluation == Evaluation::fused &&
         linear_.front()->weight.device().type() == torch::kCPU;
}

Tensor DenseNetwork::product(std::size_t layer, const Tensor& x) {
  auto& linear = linear_[layer];
  return fused() ? spike_linear(x, linear->weight, linear->bias) : linear->forward(x);
}

NetworkOutput DenseNetwork::forward(const Tensor& input, std::uint64_t noise_key,
                                    bool want_membranes) {
  return forward_from(product(0, input), noise_key, want_membranes);
}

NetworkOutput DenseNetwork::forward(const SpikeBatch& batch, std::uint64_t noise_key,
                                    bool want_membranes) {
  const Tensor& weight = linear_.front()->weight;
  if (!fused() || !events_pay(batch, weight.size(0))) {
    return forward(dense_input(batch).to(weight.options().requires_grad(false)), noise_key,
                   want_membranes);
  }
  return forward_from(event_linear(batch, weight, linear_.front()->bias), noise_key,
                      want_membranes);
}

/// From the first Linear's output on.
NetworkOutput DenseNetwork::forward_from(Tensor x, std::uint64_t noise_key, bool want_membranes) {
  NetworkOutput result;
  for (std::size_t i = 0; i < linear_.size(); ++i) {
    const bool readout = i + 1 == linear_.size();
    if (i > 0) x = product(i, x);
    if (!settings_.spiking) {
      if (readout) break;
      LayerOutput layer;
      if (want_membranes) layer.membrane = x.detach();
      x = torch::relu(x);
      layer.output = x;
      result.hidden.push_back(layer);
      continue;
    }
    const Tensor input = want_membranes ? x.detach() : Tensor();
    NeuronOutput out = neurons_[i]->forward(x, layer_key(noise_key, i), want_membranes);
    x = out.output;
    if (readout) break;
    result.hidden.push_back({out.output, out.membrane, out.feedback, input});
    if (i < delays_.size() && delays_[i].defined()) {
      x = delayed(x, delays_[i], settings_.delay_max[i]);
    }
  }
  result.readout = x;
  return result;
}

void DenseNetwork::set_evaluation(Evaluation evaluation) {
  settings_.neuron.evaluation = evaluation;
  for (auto& layer : neurons_) layer->set_evaluation(evaluation);
}

std::int64_t DenseNetwork::hidden_neurons() const {
  return std::accumulate(settings_.hidden.begin(), settings_.hidden.end(), std::int64_t{0});
}

const NeuronLayer* DenseNetwork::neurons(std::size_t layer) const {
  return layer < neurons_.size() ? neurons_[layer].get() : nullptr;
}

Tensor DenseNetwork::weight(std::size_t layer) const { return linear_.at(layer)->weight; }

Tensor firing_cost(const NetworkOutput& output, double limit, std::int64_t hidden_neurons,
                   bool feedback) {
  Tensor total = torch::zeros({}, output.readout.options());
  for (const LayerOutput& layer : output.hidden) {
    const Tensor& spikes = feedback ? layer.feedback : layer.output;
    if (spikes.defined()) total = total + spikes.mean(std::vector<std::int64_t>{0, 1}).sum();
  }
  return torch::relu(total - limit * static_cast<double>(hidden_neurons)).square();
}

}  // namespace paralif
