#include "core/exchange/nir_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/exchange/nir_arrays.h"
#include "core/kernels/cpu/step_models.h"
#include "core/layers/layer_kind.h"
#include "core/neurons/neuron_layer.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;
using nir::array_of;
using nir::extents;
using nir::on_membrane;
using nir::pair;
using nir::scalar;

class Exporter {
 public:
  Exporter(const Network& network, double dt) : network_(network), dt_(dt) {
    graph_.version = "1.0.7";
  }

  NirGraph graph() {
    add({"input", "Input", {{"shape", extents(network_.input().features)}}}, {});
    const auto& layers = network_.description().layers;
    for (at_ = 0; at_ < layers.size(); ++at_) {
      layer(layers[at_]);
      ends_[layers[at_].id] = last_;
    }
    add({"output", "Output", {{"shape", extents(network_.shapes().back().features)}}}, {last_});
    return std::move(graph_);
  }

 private:
  [[noreturn]] void refuse(const std::string& problem, const std::string& remedy = {}) const {
    const LayerDescription& layer = network_.description().layers[at_];
    throw Error::shown_as(Error::Kind::setting, layer.id,
                          fmt::format("layer {}, {} \"{}\"", at_ + 1, layer.kind, layer.id), problem,
                          remedy);
  }

  void add(NirNode node, const std::vector<std::string>& from) {
    for (const std::string& one : from) graph_.edges.emplace_back(one, node.name);
    last_ = node.name;
    graph_.nodes.push_back(std::move(node));
  }

  [[nodiscard]] const SignalShape& input() const {
    return at_ == 0 ? network_.input() : network_.shapes()[at_ - 1];
  }

  template <typename T>
  [[nodiscard]] T value(const LayerDescription& layer, const std::string& key) const {
    const auto own = layer.values.find(key);
    const ParameterValue value = own != layer.values.end()
                                     ? own->second
                                     : find_layer_kind(layer.kind)->defaults().at(key);
    return std::get<T>(value);
  }

  [[nodiscard]] Tensor parameter(const char* name) const {
    const auto named = network_.layers()[at_]->named_parameters(false);
    const Tensor* found = named.find(name);
    return found == nullptr ? Tensor() : *found;
  }
  [[nodiscard]] Tensor buffer(const char* name) const {
    const auto named = network_.layers()[at_]->named_buffers(false);
    return *named.find(name);
  }

  void layer(const LayerDescription& layer) {
    const std::string id = layer.id;
    const std::string& kind = layer.kind;
    if (kind == "linear") return weights({id, "Linear"});
    if (kind == "conv1d" || kind == "conv2d") return convolution(layer);
    if (kind == "batch_norm") return batch_norm();
    if (kind == "max_pool" || kind == "average_pool") return pool(layer);
    if (kind == "dropout") return;
    if (kind == "flatten") {
      if (input().features.size() == 1) return;
      return add({id, "Flatten",
                  {{"start_dim", scalar(0)},
                   {"end_dim", scalar(-1)},
                   {"input_type", extents(input().features)}}},
                 {last_});
    }
    if (kind == "fixed_delay") {
      Array<double> delays = array_of(buffer("delays"));
      for (double& steps : delays.values) steps *= dt_;
      return add({id, "Delay", {{"delay", delays}}}, {last_});
    }
    if (kind == "vote") return vote(layer);
    if (kind == "add") {
      const auto from = ends_.find(value<std::string>(layer, "from"));
      return add({id, "Scale", {{"scale", ones(input().units(), 1.0)}}}, {last_, from->second});
    }
    if (kind == "neuron" || kind == "recurrent_neuron") return neurons(layer);
    refuse("has no form in NIR", kind == "learned_delay" ? "NIR delays units, not connections" : "");
  }

  /// Weights that a batch norm may still be folded into.
  void weights(NirNode node) {
    const Tensor bias = parameter("bias");
    node.values["weight"] = array_of(parameter("weight"));
    if (bias.defined()) {
      node.values["bias"] = array_of(bias);
      if (node.type == "Linear") node.type = "Affine";
    } else if (node.type.starts_with("Conv")) {
      node.values["bias"] = ones(parameter("weight").size(0), 0.0);
    }
    add(std::move(node), {last_});
  }

  void convolution(const LayerDescription& layer) {
    const bool plane = layer.kind == "conv2d";
    const auto whole = [&](const char* key) {
      const std::int64_t number = value<std::int64_t>(layer, key);
      return plane ? pair(number) : scalar(static_cast<double>(number));
    };
    NirNode node{layer.id, plane ? "Conv2d" : "Conv1d"};
    node.values["stride"] = whole("stride");
    node.values["padding"] = whole("padding");
    node.values["dilation"] = plane ? pair(1) : scalar(1);
    node.values["groups"] = scalar(static_cast<double>(value<std::int64_t>(layer, "groups")));
    const auto& features = input().features;
    node.values["input_shape"] = plane ? extents({features[1], features[2]})
                                       : scalar(static_cast<double>(features[1]));
    weights(std::move(node));
  }

  /// y = s (W x + b - mean) + shift, s = weight / sqrt(variance + epsilon).
  void batch_norm() {
    NirNode& before = graph_.nodes.back();
    if (!before.values.contains("weight")) {
      refuse("stands behind no weights that it could be folded into");
    }
    const LayerDescription& layer = network_.description().layers[at_];
    const Tensor scale =
        (parameter("weight") / torch::sqrt(buffer("running_var") + value<double>(layer, "epsilon")))
            .detach()
            .to(torch::kFloat64);
    const Array<double> scales = array_of(scale);
    const Array<double> shift = array_of(parameter("bias"));
    const Array<double> mean = array_of(buffer("running_mean"));
    auto& weight = before.values["weight"].values;
    if (!before.values.contains("bias")) {
      before.values["bias"] = ones(static_cast<std::int64_t>(scales.values.size()), 0.0);
      before.type = "Affine";
    }
    auto& bias = before.values["bias"].values;
    const std::size_t each = weight.size() / scales.values.size();
    for (std::size_t c = 0; c < scales.values.size(); ++c) {
      for (std::size_t i = 0; i < each; ++i) weight[c * each + i] *= scales.values[c];
      bias[c] = scales.values[c] * (bias[c] - mean.values[c]) + shift.values[c];
    }
  }

  void pool(const LayerDescription& layer) {
    if (input().features.size() != 3) refuse("is 1-D; NIR has pools of height and width alone");
    const bool average = layer.kind == "average_pool";
    const std::int64_t size = value<std::int64_t>(layer, "size");
    if (!average && !gives_spikes()) {
      refuse("takes the maximum of values; NIR can say it of spikes alone");
    }
    add({layer.id,
         average ? "AvgPool2d" : "SumPool2d",
         {{"kernel_size", pair(size)}, {"stride", pair(size)}, {"padding", pair(0)}}},
        {last_});
    if (average) return;
    // A spike where any unit of the window spiked.
    add({layer.id + ".any", "Threshold",
         {{"threshold", spread(network_.shapes()[at_], 0.5)}}},
        {last_});
  }

  /// Whether what comes is 0 or 1.
  [[nodiscard]] bool gives_spikes() const {
    for (std::size_t i = at_; i-- > 0;) {
      const std::string& kind = network_.description().layers[i].kind;
      if (network_.layers()[i]->fires()) {
        const auto model = network_.description().layers[i].values.find("model");
        return model == network_.description().layers[i].values.end() ||
               model->second != ParameterValue(std::string("ReLU"));
      }
      if (kind != "max_pool" && kind != "flatten" && kind != "dropout") return false;
    }
    return false;
  }

  void vote(const LayerDescription& layer) {
    const std::int64_t group = value<std::int64_t>(layer, "group");
    const Tensor weight = torch::eye(input().units() / group, torch::kFloat64)
                              .repeat_interleave(group, 1)
                              .div(static_cast<double>(group));
    add({layer.id, "Linear", {{"weight", array_of(weight)}}}, {last_});
  }

  static Array<double> ones(std::int64_t count, double value) {
    return {{count}, std::vector<double>(static_cast<std::size_t>(count), value)};
  }
  static Array<double> spread(const SignalShape& shape, double value) {
    return {shape.features, std::vector<double>(static_cast<std::size_t>(shape.units()), value)};
  }
  /// One value for every unit of the layer, from one or as many.
  [[nodiscard]] Array<double> spread(const Tensor& values) const {
    const Array<double> given = array_of(values.reshape({-1}));
    if (given.values.size() == 1) return spread(network_.shapes()[at_], given.values[0]);
    return {network_.shapes()[at_].features, given.values};
  }

  void neurons(const LayerDescription& layer) {
    const NeuronLayer* published = network_.layers()[at_]->neurons();
    if (published == nullptr) return others(layer);
    const NeuronSettings& s = published->settings();
    if (s.recurrent && input().features.size() != 1) {
      refuse("is recurrent across channels of a picture, which has no form in NIR");
    }
    if (s.recurrent && !s.recurrent_fire) refuse("feeds relu(membrane) back; NIR has no relu");
    if (s.refractory_s > 0) refuse("has a refractory period, which NIR has not");
    const bool lif = s.model == NeuronModel::lif;
    if (lif && s.fire) return reset_neurons(layer.id, *published);
    filter_neurons(layer.id, *published);
  }

  /// The two filters as CubaLI, or with a threshold as CubaLIF.
  [[nodiscard]] NirNode filter(const std::string& name, const char* type,
                               const NeuronLayer& neurons) const {
    const Tensor kept_syn = 1.0 - neurons.alpha().detach().to(torch::kFloat64);
    const Tensor kept_mem = 1.0 - neurons.beta().detach().to(torch::kFloat64);
    NirNode node{name, type};
    node.values["tau_syn"] = spread(dt_ / kept_syn);
    node.values["tau_mem"] = spread(dt_ / kept_mem);
    node.values["w_in"] = spread(1.0 / kept_syn);
    node.values["r"] = spread(network_.shapes()[at_], 1.0);
    node.values["v_leak"] = spread(network_.shapes()[at_], 0.0);
    return node;
  }

  void reset_neurons(const std::string& id, const NeuronLayer& neurons) {
    NirNode node = filter(id, "CubaLIF", neurons);
    node.values["v_threshold"] = spread(neurons.threshold());
    node.values["v_reset"] = spread(network_.shapes()[at_], 0.0);
    if (neurons.recurrent) give_bias(array_of(neurons.recurrent->bias));
    add(std::move(node), {last_});
    if (!neurons.recurrent) return;
    const std::string back = id + ".recurrent";
    graph_.nodes.push_back({back, "Linear", {{"weight", array_of(neurons.recurrent->weight)}}});
    graph_.edges.emplace_back(id, back);
    graph_.edges.emplace_back(back, id);
  }

  /// A recurrent bias counts from the first step on, where nothing has come back yet: it belongs to
  /// the weights before.
  void give_bias(const Array<double>& more) {
    NirNode& before = graph_.nodes.back();
    const bool dense = before.type == "Linear" || before.type == "Affine";
    if (!dense) refuse("has a recurrent bias and no weights before it to take it");
    if (!before.values.contains("bias")) {
      before.values["bias"] = ones(static_cast<std::int64_t>(more.values.size()), 0.0);
      before.type = "Affine";
    }
    auto& bias = before.values["bias"].values;
    for (std::size_t i = 0; i < bias.size(); ++i) bias[i] += more.values[i];
  }

  /// ParaLIF, and every read-out: no reset.
  void filter_neurons(const std::string& id, const NeuronLayer& neurons) {
    const NeuronSettings& s = neurons.settings();
    std::vector<std::string> membrane;
    if (!s.recurrent) {
      add(filter(s.fire ? id + ".membrane" : id, "CubaLI", neurons), {last_});
      membrane = {last_};
    } else {
      membrane = recurrent_membrane(id, neurons);
    }
    if (!s.fire) {
      if (membrane.size() > 1) add({id, "Scale", {{"scale", spread(network_.shapes()[at_], 1.0)}}}, membrane);
      return;
    }
    spikes(id, neurons, membrane);
  }

  /// m = 2 v + filter(W h + b), h the spikes of v a step earlier.
  std::vector<std::string> recurrent_membrane(const std::string& id, const NeuronLayer& neurons) {
    const SignalShape& shape = network_.shapes()[at_];
    add(filter(id + ".first", "CubaLI", neurons), {last_});
    const std::string first = last_;
    add({id + ".earlier", "Delay", {{"delay", spread(shape, dt_)}}}, {first});
    spikes(id + ".hidden", neurons, {last_});
    add({id + ".recurrent", "Affine",
         {{"weight", array_of(neurons.recurrent->weight)},
          {"bias", array_of(neurons.recurrent->bias)}}},
        {last_});
    add(filter(id + ".second", "CubaLI", neurons), {last_});
    const std::string second = last_;
    add({id + ".twice", "Scale", {{"scale", spread(shape, 2.0)}}}, {first});
    return {last_, second};
  }

  void spikes(const std::string& name, const NeuronLayer& neurons,
              const std::vector<std::string>& membrane) {
    const SpikeRule rule = rule_of(neurons.settings());
    const SignalShape& shape = network_.shapes()[at_];
    if (rule.stochastic()) refuse("fires by chance, which NIR has no form for");
    const Tensor theta = neurons.threshold().detach().to(torch::kFloat64);
    if (rule.spike_function == SpikeFunction::delta) {
      if (rule.squash != Squash::identity) {
        refuse("compares the change of a squashed membrane, which NIR cannot say",
               "ParaLIF-D has a form");
      }
      std::vector<std::string> from = membrane;
      add({name + ".before", "Delay", {{"delay", spread(shape, dt_)}}}, membrane);
      add({name + ".minus", "Scale", {{"scale", spread(shape, -1.0)}}}, {last_});
      from.push_back(last_);
      return add({name, "Threshold", {{"threshold", spread(theta)}}}, from);
    }
    add({name, "Threshold", {{"threshold", spread(on_membrane(theta, rule.squash))}}}, membrane);
  }

  /// The model CubaLIF: u = beta v + kappa i, from rest at 0.
  void current_based(const std::string& id) {
    std::map<std::string, Tensor> own;
    for (const auto& [key, values] : network_.layers()[at_]->constants()) {
      own[std::string(key)] = values.detach().to(torch::kFloat64);
    }
    const auto kept = [&](const char* key) {
      const Tensor tau = own.at(key);
      return torch::where(tau > 0, -torch::expm1(-dt_ / tau), torch::ones_like(tau));
    };
    const Tensor kept_syn = kept("tau_syn");
    const Tensor kept_mem = kept("tau_mem");
    const bool fires = network_.layers()[at_]->fires();
    NirNode node{id, fires ? "CubaLIF" : "CubaLI"};
    node.values["tau_syn"] = spread(dt_ / kept_syn);
    node.values["tau_mem"] = spread(dt_ / kept_mem);
    node.values["w_in"] = spread(1.0 / kept_syn);
    node.values["r"] = spread(own.at("gain") / kept_mem);
    node.values["v_leak"] = spread(network_.shapes()[at_], 0.0);
    if (fires) {
      node.values["v_threshold"] = spread(own.at("threshold"));
      node.values["v_reset"] = spread(own.at("reset_to"));
    }
    add(std::move(node), {last_});
  }

  /// SpikingJelly's neurons.
  void others(const LayerDescription& layer) {
    const std::string model = value<std::string>(layer, "model");
    if (model == "ReLU") refuse("is no spiking neuron");
    if (model == "CubaLIF") return current_based(layer.id);
    if (step_model(model) != nullptr) refuse(model + " has no NIR node");
    if (value<std::string>(layer, "reset") != "hard") refuse("resets softly, which NIR cannot say");
    const auto tau = network_.layers()[at_]->constants().at(0).values.item<double>();  // steps
    const SignalShape& shape = network_.shapes()[at_];
    const bool fires = network_.layers()[at_]->fires();
    NirNode node{layer.id, fires ? "LIF" : "LI"};
    node.values["tau"] = spread(shape, tau * dt_);
    node.values["r"] = spread(shape, value<bool>(layer, "decay_input") ? 1.0 : tau);
    node.values["v_leak"] = spread(shape, 0.0);
    if (fires) {
      const auto at = layer.values.find("threshold");
      const double* given = at == layer.values.end() ? nullptr : std::get_if<double>(&at->second);
      // They fire at the threshold too; NIR's fire above it.
      const float below = std::nextafter(static_cast<float>(given == nullptr ? 1.0 : *given), -INFINITY);
      node.values["v_threshold"] = spread(shape, static_cast<double>(below));
      node.values["v_reset"] = spread(shape, 0.0);
    }
    add(std::move(node), {last_});
  }

  const Network& network_;
  double dt_;
  NirGraph graph_;
  std::string last_ = "input";                ///< what comes out of the layer before
  std::map<std::string, std::string> ends_;  ///< the node that a layer ends with
  std::size_t at_ = 0;
};

}  // namespace

double nir_time_step_s(const Network& network, double otherwise) {
  for (const auto& layer : network.layers()) {
    if (layer->neurons() != nullptr) return layer->neurons()->settings().time_step_s;
  }
  return otherwise;
}

NirGraph to_nir(const Network& network, double time_step_s) {
  const torch::NoGradGuard no_grad;
  return Exporter(network, time_step_s).graph();
}

}  // namespace paralif
