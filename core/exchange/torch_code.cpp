#include "core/exchange/torch_code.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/exchange/torch_code_parts.h"
#include "core/layers/layer_kind.h"
#include "core/neurons/neuron_layer.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;

/// "(3,)" as Python writes a tuple.
std::string tuple_of(c10::IntArrayRef sizes) {
  std::string text = "(";
  for (const std::int64_t size : sizes) text += fmt::format("{}, ", size);
  if (text.size() > 1) text.pop_back();
  return text + ")";
}

const char* python(bool value) { return value ? "True" : "False"; }

std::string_view word(Squash squash) {
  switch (squash) {
    case Squash::identity: return "identity";
    case Squash::sigmoid: return "sigmoid";
    case Squash::tanh: return "tanh";
    case Squash::relu_tanh: return "relu_tanh";
  }
  return {};
}

std::string_view word(SpikeFunction spike_function) {
  switch (spike_function) {
    case SpikeFunction::none:  // of a read-out
    case SpikeFunction::threshold: return "threshold";
    case SpikeFunction::delta: return "delta";
    case SpikeFunction::bernoulli: return "bernoulli";
    case SpikeFunction::gumbel: return "gumbel";
  }
  return {};
}

class Writer {
 public:
  explicit Writer(const Network& network) : network_(network) {}

  std::string entries() {
    std::string text;
    const auto& layers = network_.description().layers;
    for (at_ = 0; at_ < layers.size(); ++at_) {
      text += fmt::format("            \"{}\": {},\n", layers[at_].id, expression(layers[at_]));
    }
    return text;
  }

  [[nodiscard]] bool has_neurons() const { return has_neurons_; }

 private:
  [[noreturn]] void refuse(const std::string& problem) const {
    const LayerDescription& layer = network_.description().layers[at_];
    throw Error::shown_as(Error::Kind::setting, layer.id,
                          fmt::format("layer {}, {} \"{}\"", at_ + 1, layer.kind, layer.id), problem);
  }

  template <typename T>
  [[nodiscard]] T value(const LayerDescription& layer, const std::string& key) const {
    const auto own = layer.values.find(key);
    if (own != layer.values.end()) return std::get<T>(own->second);
    return std::get<T>(find_layer_kind(layer.kind)->defaults().at(key));
  }

  [[nodiscard]] const SignalShape& input() const {
    return at_ == 0 ? network_.input() : network_.shapes()[at_ - 1];
  }

  std::string expression(const LayerDescription& layer) {
    const std::string& kind = layer.kind;
    if (kind == "linear") {
      return fmt::format("nn.Linear({}, {}, bias={})", input().units(),
                         value<std::int64_t>(layer, "units"), python(value<bool>(layer, "bias")));
    }
    if (kind == "conv1d" || kind == "conv2d") {
      return fmt::format("OverTime(nn.Conv{}d({}, {}, {}, stride={}, padding={}, groups={}, bias={}))",
                         kind == "conv2d" ? 2 : 1, input().channels(),
                         value<std::int64_t>(layer, "channels"), value<std::int64_t>(layer, "kernel"),
                         value<std::int64_t>(layer, "stride"), value<std::int64_t>(layer, "padding"),
                         value<std::int64_t>(layer, "groups"), python(value<bool>(layer, "bias")));
    }
    if (kind == "batch_norm") {
      const std::size_t space = input().features.size() - 1;
      return fmt::format("OverTime(nn.BatchNorm{}d({}, eps={}, momentum={}))",
                         std::max<std::size_t>(1, space), input().channels(),
                         value<double>(layer, "epsilon"), value<double>(layer, "momentum"));
    }
    if (kind == "max_pool" || kind == "average_pool") {
      return fmt::format("OverTime(nn.{}Pool{}d({}))", kind == "max_pool" ? "Max" : "Avg",
                         input().features.size() - 1, value<std::int64_t>(layer, "size"));
    }
    if (kind == "dropout") {
      return fmt::format("SharedDropout({})", value<double>(layer, "probability"));
    }
    if (kind == "flatten") return "nn.Flatten(2)";
    if (kind == "vote") return fmt::format("Vote({})", value<std::int64_t>(layer, "group"));
    if (kind == "add") return fmt::format("Add(\"{}\")", value<std::string>(layer, "from"));
    if (kind == "neuron" || kind == "recurrent_neuron") return neurons();
    refuse("has no code here");
  }

  std::string neurons() {
    const NeuronLayer* layer = network_.layers()[at_]->neurons();
    if (layer == nullptr) {
      if (const auto model = network_.description().layers[at_].values.find("model");
          model != network_.description().layers[at_].values.end() &&
          model->second == ParameterValue(std::string("ReLU"))) {
        return "nn.ReLU()";
      }
      refuse("has neurons that there is no code for; LIF and ParaLIF have some");
    }
    has_neurons_ = true;
    const NeuronSettings& s = layer->settings();
    if (s.recurrent && input().features.size() != 1) refuse("is recurrent across channels of a picture");
    const SpikeRule rule = rule_of(s);
    std::vector<std::string> shapes, learned;
    for (const auto& p : layer->named_parameters(false)) {
      shapes.push_back(fmt::format("\"{}\": {}", p.key(), tuple_of(p.value().sizes())));
      learned.push_back(fmt::format("\"{}\"", p.key()));
    }
    for (const auto& p : layer->named_buffers(false)) {
      shapes.push_back(fmt::format("\"{}\": {}", p.key(), tuple_of(p.value().sizes())));
    }
    std::string text = fmt::format(
        "Neurons(reset={}, squash=\"{}\", spikes=\"{}\", fire={},\n"
        "                shapes={{{}}}, learned=[{}],\n"
        "                surrogate=(\"{}\", {})",
        python(s.model == NeuronModel::lif), word(rule.squash), word(rule.spike_function), python(s.fire),
        fmt::join(shapes, ", "), fmt::join(learned, ", "),
        rule.surrogate == Surrogate::atan ? "atan" : "fastsig", rule.surrogate_scale);
    if (s.recurrent) {
      text += fmt::format(", recurrent={}, feed_spikes={}", s.neurons, python(s.recurrent_fire));
    }
    if (s.refractory_s > 0) text += fmt::format(", refractory={}", s.refractory_s / s.time_step_s);
    return text + ")";
  }

  const Network& network_;
  std::size_t at_ = 0;
  bool has_neurons_ = false;
};

/// Of a layer that stands within OverTime.
bool is_over_time(const std::string& kind) {
  return kind == "conv1d" || kind == "conv2d" || kind == "batch_norm";
}

}  // namespace

std::string torch_code(const Network& network, const std::string& title, const std::string& weights) {
  Writer writer(network);
  const std::string entries = writer.entries();
  if (weights.find_first_of("\"\\\n{}") != std::string::npos) {
    throw Error(Error::Kind::setting, "to", fmt::format("'{}' cannot stand in a program", weights),
                "choose a name without quotes, braces and backslashes");
  }
  std::string plain;  // within a comment of Python
  for (const char c : title) plain += c == '"' || c == '\\' ? '\'' : c;
  std::string text = fmt::format("\"\"\"{}: a trained network of spiking neurons, in plain PyTorch.\n\n"
                                 "Written by ParaLIF Studio; the weights are in {} beside this file.\n"
                                 "\"\"\"\n",
                                 plain, weights);
  text += code::head;
  if (writer.has_neurons()) text += code::neurons;
  text += code::layers;
  const auto extents = [](const SignalShape& shape) {
    return fmt::format("{}", fmt::join(shape.features, ", "));
  };
  text += fmt::format(fmt::runtime(code::network), fmt::arg("input", extents(network.input())),
                      fmt::arg("output", extents(network.shapes().back())),
                      fmt::arg("entries", entries), fmt::arg("weights", weights));
  return text;
}

NamedTensors state_for_code(const Network& network) {
  NamedTensors state;
  const auto& layers = network.description().layers;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::string prefix =
        fmt::format("layers.{}.{}", layers[i].id, is_over_time(layers[i].kind) ? "module." : "");
    const auto add = [&](const std::string& name, const Tensor& tensor) {
      constexpr std::string_view own = "neuron.";
      const std::string plain = name.starts_with(own) ? name.substr(own.size()) : name;
      state.emplace_back(prefix + plain, tensor.detach().to(torch::kCPU).contiguous());
    };
    for (const auto& p : network.layers()[i]->named_parameters()) add(p.key(), p.value());
    for (const auto& p : network.layers()[i]->named_buffers()) add(p.key(), p.value());
  }
  return state;
}

}  // namespace paralif
