#include "core/exchange/nir_export.h"

#include "core/exchange/nir_graph_builder.h"
#include "core/neurons/neuron_layer.h"

namespace paralif {
namespace {

using nir::array_of;
using nir::extents;
using nir::pair;
using nir::scalar;
using torch::Tensor;

class Exporter {
 public:
  Exporter(const Network& network, double dt, std::vector<std::string>* approximations)
      : b_(network, dt, approximations) {}

  NirGraph graph() {
    b_.add({"input", "Input", {{"shape", extents(b_.network().input().features)}}}, {});
    const auto& layers = b_.network().description().layers;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      b_.go_to(i);
      layer(layers[i]);
      ends_[layers[i].id] = b_.last();
    }
    b_.add({"output", "Output", {{"shape", extents(b_.network().shapes().back().features)}}},
           {b_.last()});
    return std::move(b_.graph());
  }

 private:
  void layer(const LayerDescription& layer) {
    const std::string id = layer.id;
    const std::string& kind = layer.kind;
    if (kind == "linear") return weights({id, "Linear"});
    if (kind == "conv1d" || kind == "conv2d") return convolution(layer);
    if (kind == "batch_norm") return batch_norm();
    if (kind == "max_pool" || kind == "average_pool") return pool(layer);
    if (kind == "dropout") return;
    if (kind == "flatten") {
      if (b_.input().features.size() == 1) return;
      return b_.add({id,
                     "Flatten",
                     {{"start_dim", scalar(0)},
                      {"end_dim", scalar(-1)},
                      {"input_type", extents(b_.input().features)}}},
                    {b_.last()});
    }
    if (kind == "fixed_delay") {
      Array<double> delays = array_of(b_.buffer("delays"));
      for (double& steps : delays.values) steps *= b_.dt();
      return b_.add({id, "Delay", {{"delay", delays}}}, {b_.last()});
    }
    if (kind == "vote") return vote(layer);
    if (kind == "add") {
      const auto from = ends_.find(b_.value<std::string>(layer, "from"));
      return b_.add({id, "Scale", {{"scale", b_.ones(b_.input().units(), 1.0)}}},
                    {b_.last(), from->second});
    }
    if (kind == "neuron" || kind == "recurrent_neuron") return nir::add_neurons(b_, layer);
    b_.refuse("has no form in NIR",
              kind == "learned_delay" ? "NIR delays units, not connections" : "");
  }

  /// Weights that a batch norm may still be folded into.
  void weights(NirNode node) {
    const Tensor bias = b_.parameter("bias");
    node.values["weight"] = array_of(b_.parameter("weight"));
    if (bias.defined()) {
      node.values["bias"] = array_of(bias);
      if (node.type == "Linear") node.type = "Affine";
    } else if (node.type.starts_with("Conv")) {
      node.values["bias"] = b_.ones(b_.parameter("weight").size(0), 0.0);
    }
    b_.add(std::move(node), {b_.last()});
  }

  void convolution(const LayerDescription& layer) {
    const bool plane = layer.kind == "conv2d";
    const auto whole = [&](const char* key) {
      const std::int64_t number = b_.value<std::int64_t>(layer, key);
      return plane ? pair(number) : scalar(static_cast<double>(number));
    };
    NirNode node{layer.id, plane ? "Conv2d" : "Conv1d"};
    node.values["stride"] = whole("stride");
    node.values["padding"] = whole("padding");
    node.values["dilation"] = plane ? pair(1) : scalar(1);
    node.values["groups"] = scalar(static_cast<double>(b_.value<std::int64_t>(layer, "groups")));
    const auto& features = b_.input().features;
    node.values["input_shape"] = plane ? extents({features[1], features[2]})
                                       : scalar(static_cast<double>(features[1]));
    weights(std::move(node));
  }

  /// y = s (W x + b - mean) + shift, s = weight / sqrt(variance + epsilon).
  void batch_norm() {
    NirNode& before = b_.graph().nodes.back();
    if (!before.values.contains("weight")) {
      b_.refuse("stands behind no weights that it could be folded into");
    }
    const LayerDescription& layer = b_.network().description().layers[b_.at()];
    const Tensor scale = (b_.parameter("weight") / torch::sqrt(b_.buffer("running_var") +
                                                               b_.value<double>(layer, "epsilon")))
                             .detach()
                             .to(torch::kFloat64);
    const Array<double> scales = array_of(scale);
    const Array<double> shift = array_of(b_.parameter("bias"));
    const Array<double> mean = array_of(b_.buffer("running_mean"));
    auto& weight = before.values["weight"].values;
    if (!before.values.contains("bias")) {
      before.values["bias"] = b_.ones(static_cast<std::int64_t>(scales.values.size()), 0.0);
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
    if (b_.input().features.size() != 3)
      b_.refuse("is 1-D; NIR has pools of height and width alone");
    const bool average = layer.kind == "average_pool";
    const std::int64_t size = b_.value<std::int64_t>(layer, "size");
    if (!average && !gives_spikes()) {
      b_.refuse("takes the maximum of values; NIR can say it of spikes alone");
    }
    b_.add({layer.id,
            average ? "AvgPool2d" : "SumPool2d",
            {{"kernel_size", pair(size)}, {"stride", pair(size)}, {"padding", pair(0)}}},
           {b_.last()});
    if (average) return;
    // A spike where any unit of the window spiked.
    b_.add({layer.id + ".any",
            "Threshold",
            {{"threshold", b_.spread(b_.network().shapes()[b_.at()], 0.5)}}},
           {b_.last()});
  }

  /// Whether what comes is 0 or 1.
  [[nodiscard]] bool gives_spikes() const {
    for (std::size_t i = b_.at(); i-- > 0;) {
      const std::string& kind = b_.network().description().layers[i].kind;
      if (b_.network().layers()[i]->fires()) {
        const auto model = b_.network().description().layers[i].values.find("model");
        return model == b_.network().description().layers[i].values.end() ||
               model->second != ParameterValue(std::string("ReLU"));
      }
      if (kind != "max_pool" && kind != "flatten" && kind != "dropout") return false;
    }
    return false;
  }

  void vote(const LayerDescription& layer) {
    const std::int64_t group = b_.value<std::int64_t>(layer, "group");
    const Tensor weight = torch::eye(b_.input().units() / group, torch::kFloat64)
                              .repeat_interleave(group, 1)
                              .div(static_cast<double>(group));
    b_.add({layer.id, "Linear", {{"weight", array_of(weight)}}}, {b_.last()});
  }

  nir::GraphBuilder b_;
  std::map<std::string, std::string> ends_;  ///< the node that a layer ends with
};

}  // namespace

double nir_time_step_s(const Network& network, double otherwise) {
  for (const auto& layer : network.layers()) {
    if (layer->neurons() != nullptr) return layer->neurons()->settings().time_step_s;
  }
  return otherwise;
}

NirGraph to_nir(const Network& network, double time_step_s,
                std::vector<std::string>* approximations) {
  const torch::NoGradGuard no_grad;
  return Exporter(network, time_step_s, approximations).graph();
}

}  // namespace paralif
