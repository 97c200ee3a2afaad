#include "core/exchange/torch_code.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/exchange/torch_code_neurons.h"
#include "core/exchange/torch_code_parts.h"
#include "core/experiments/experiment_file.h"
#include "core/kernels/cpu/neuron_models.h"
#include "core/layers/layer_kind.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;

class Writer {
 public:
  Writer(const Network& network, CodeFlavour flavour) : network_(network), flavour_(flavour) {}

  std::string entries() {
    std::string text;
    const auto& layers = network_.description().layers;
    for (at_ = 0; at_ < layers.size(); ++at_) {
      text += fmt::format("            \"{}\": {},\n", layers[at_].id, expression(layers[at_]));
    }
    return text;
  }

  [[nodiscard]] bool has_neurons() const { return has_neurons_; }
  [[nodiscard]] bool has_multi_step() const { return has_multi_step_; }
  [[nodiscard]] bool has_learned_delay() const { return has_learned_delay_; }

 private:
  [[noreturn]] void refuse(const std::string& problem) const {
    const LayerDescription& layer = network_.description().layers[at_];
    throw Error::shown_as(Error::Kind::setting, layer.id,
                          fmt::format("layer {}, {} \"{}\"", at_ + 1, layer.kind, layer.id),
                          problem);
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
                         value<std::int64_t>(layer, "units"),
                         code::python(value<bool>(layer, "bias")));
    }
    if (kind == "conv1d" || kind == "conv2d") {
      return fmt::format(
          "OverTime(nn.Conv{}d({}, {}, {}, stride={}, padding={}, groups={}, bias={}))",
          kind == "conv2d" ? 2 : 1, input().channels(), value<std::int64_t>(layer, "channels"),
          value<std::int64_t>(layer, "kernel"), value<std::int64_t>(layer, "stride"),
          value<std::int64_t>(layer, "padding"), value<std::int64_t>(layer, "groups"),
          code::python(value<bool>(layer, "bias")));
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
    if (kind == "fixed_delay") {
      return fmt::format("Delay({}, {})", input().units(), value<std::int64_t>(layer, "longest"));
    }
    if (kind == "learned_delay") return learned_delay(layer);
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
      if (is_neuron_of(value<std::string>(network_.description().layers[at_], "model"),
                       NeuronFamily::multi_step)) {
        return multi_step(network_.description().layers[at_]);
      }
      refuse(
          "has neurons that there is no code for; LIF, ParaLIF, SJ-LIF, PLIF and ReLU have some");
    }
    has_neurons_ = true;
    return code::neurons_expression(
        {*layer, input(), [this](const std::string& problem) { refuse(problem); }}, flavour_);
  }

  std::string multi_step(const LayerDescription& layer) {
    has_multi_step_ = true;
    const auto or_else = [&](const char* key, double otherwise) {
      const auto own = layer.values.find(key);
      const double* given = own == layer.values.end() ? nullptr : std::get_if<double>(&own->second);
      return given == nullptr ? otherwise : *given;
    };
    const std::string surrogate = value<std::string>(layer, "surrogate");
    const bool learned = find_neuron_model(value<std::string>(layer, "model"))->learns_tau;
    return fmt::format(
        "MultiStep(learned={}, decay_input={}, fire={}, threshold={}, soft={}, detach={},\n"
        "                surrogate=(\"{}\", {}))",
        code::python(learned), code::python(value<bool>(layer, "decay_input")),
        code::python(network_.layers()[at_]->fires()), or_else("threshold", 1.0),
        code::python(value<std::string>(layer, "reset") == "soft"),
        code::python(value<bool>(layer, "detach_reset")), surrogate,
        or_else("surrogate_scale", surrogate == "atan" ? 2.0 : 100.0));
  }

  std::string learned_delay(const LayerDescription& layer) {
    has_learned_delay_ = true;
    const auto whole = [&](const char* key) { return value<std::int64_t>(layer, key); };
    return fmt::format(
        "LearnedDelay({}, {}, taps={}, before={}, after={},\n"
        "                gauss={}, learned={}, sparse={})",
        whole("units"), input().units(), whole("taps"), whole("padding_before"),
        whole("padding_after"), code::python(value<std::string>(layer, "kernel") == "gauss"),
        code::python(value<bool>(layer, "learned")),
        code::python(value<double>(layer, "sparsity") > 0));
  }

  const Network& network_;
  CodeFlavour flavour_;
  std::size_t at_ = 0;
  bool has_neurons_ = false;
  bool has_multi_step_ = false;
  bool has_learned_delay_ = false;
};

/// Of a layer that stands within OverTime.
bool is_over_time(const std::string& kind) {
  return kind == "conv1d" || kind == "conv2d" || kind == "batch_norm";
}

/// Of an experiment, what the program's train() leaves out; a line of a comment each.
std::vector<std::string> left_out(const Experiment& e) {
  std::vector<std::string> lines;
  const TrainingSettings& t = e.training;
  if (t.reg_threshold || t.reg_threshold_recurrent) {
    lines.emplace_back("the firing-rate regularisation");
  }
  if (e.dataset.augmentation) lines.emplace_back("the augmentation of the data");
  for (const LayerDescription& layer : e.network.layers.layers) {
    if (layer.kind != "learned_delay") continue;
    lines.emplace_back("the learning rate of the delays, and the narrowing of their taps");
    break;
  }
  return lines;
}

const char* scores_of(const std::string& loss) {
  if (loss == "max") return "readout.max(1).values";
  if (loss == "last") return "readout[:, -1]";
  if (loss == "cumsum") return "torch.softmax(readout, 2).sum(1)";
  if (loss == "spike_count") return "readout.sum(1)";
  return "readout.mean(1)";
}

std::string loss_of(const TrainingSettings& t) {
  if (t.loss == "mse_rate") {
    if (t.label_smoothing == 0.0) {
      return "F.mse_loss(scores, F.one_hot(labels, scores.shape[1]).to(scores.dtype))";
    }
    return fmt::format(
        "F.mse_loss(scores, F.one_hot(labels, scores.shape[1]) * {} + {} / scores.shape[1])",
        1.0 - t.label_smoothing, t.label_smoothing);
  }
  if (t.label_smoothing == 0.0) return "F.cross_entropy(scores, labels)";
  return fmt::format("F.cross_entropy(scores, labels, label_smoothing={})", t.label_smoothing);
}

std::string optimizer_of(const TrainingSettings& t) {
  const char* name = t.optimizer == "adam"    ? "Adam"
                     : t.optimizer == "adamw" ? "AdamW"
                     : t.optimizer == "sgd"   ? "SGD"
                                              : "Adamax";
  std::string text = fmt::format("torch.optim.{}(network.parameters(), lr={}, weight_decay={}",
                                 name, t.learning_rate, t.weight_decay);
  if (t.optimizer == "sgd") text += fmt::format(", momentum={}", t.momentum);
  return text + ")";
}

/// Empty: the rate stays.
std::string schedule_of(const TrainingSettings& t) {
  const std::int64_t period = t.schedule_period_epochs.value_or(t.epochs);
  if (t.schedule == "step") {
    return fmt::format("StepLR(optimizer, step_size={}, gamma={})", t.schedule_step_epochs,
                       t.schedule_gamma);
  }
  if (t.schedule == "cosine") return fmt::format("CosineAnnealingLR(optimizer, T_max={})", period);
  if (t.schedule == "one_cycle") {
    return fmt::format("OneCycleLR(optimizer, max_lr={}, total_steps={})", t.learning_rate, period);
  }
  return {};
}

std::string training_code(const Experiment& e) {
  const std::string schedule = schedule_of(e.training);
  std::string note;
  for (const std::string& line : left_out(e)) note += fmt::format("\n    Left out: {}.", line);
  return fmt::format(
      fmt::runtime(code::training), fmt::arg("scores", scores_of(e.training.loss)),
      fmt::arg("loss", loss_of(e.training)), fmt::arg("epochs", e.training.epochs),
      fmt::arg("batch", e.training.batch_size), fmt::arg("left_out", note),
      fmt::arg("optimizer", optimizer_of(e.training)),
      fmt::arg("schedule",
               schedule.empty() ? "" : "\n    schedule = torch.optim.lr_scheduler." + schedule),
      fmt::arg("next", schedule.empty() ? "" : "\n        schedule.step()"));
}

/// As a text within three quotes of Python.
std::string quotable(const std::string& text) {
  std::string plain;
  for (const char c : text) plain += c == '"' || c == '\\' ? '\'' : c;
  return plain;
}

std::string_view imports(CodeFlavour flavour) {
  switch (flavour) {
    case CodeFlavour::plain:
      return {};
    case CodeFlavour::paralif:
      return code::published_import;
    case CodeFlavour::snntorch:
      return code::snntorch_import;
  }
  return {};
}

std::string_view neuron_classes(CodeFlavour flavour) {
  switch (flavour) {
    case CodeFlavour::plain:
      return code::neurons;
    case CodeFlavour::paralif:
      return code::published_neurons;
    case CodeFlavour::snntorch:
      return code::snntorch_neurons;
  }
  return {};
}

}  // namespace

std::string torch_code(const Network& network, const Experiment& experiment,
                       const TorchCode& wanted) {
  Writer writer(network, wanted.flavour);
  const std::string entries = writer.entries();
  if (wanted.weights.find_first_of("\"\\\n{}") != std::string::npos) {
    throw Error(Error::Kind::setting, "to",
                fmt::format("'{}' cannot stand in a program", wanted.weights),
                "choose a name without quotes, braces and backslashes");
  }
  std::string text = fmt::format(
      "\"\"\"{}: a network of spiking neurons in PyTorch.\n\n"
      "Written by ParaLIF Studio; the weights are in {} beside this file.\n"
      "The same experiment there:\n"
      "{}\n\"\"\"\n",
      quotable(wanted.title), wanted.weights, quotable(command_line_of(experiment)));
  text += code::head;
  if (writer.has_neurons()) text += imports(wanted.flavour);
  const bool plain = writer.has_neurons() && wanted.flavour == CodeFlavour::plain;
  if (plain || writer.has_multi_step()) text += code::step;
  if (writer.has_neurons()) text += neuron_classes(wanted.flavour);
  if (writer.has_multi_step()) text += code::multi_step;
  if (writer.has_learned_delay()) text += code::learned_delay;
  text += code::layers;
  const auto extents = [](const SignalShape& shape) {
    return fmt::format("{}", fmt::join(shape.features, ", "));
  };
  text +=
      fmt::format(fmt::runtime(code::network), fmt::arg("input", extents(network.input())),
                  fmt::arg("output", extents(network.shapes().back())),
                  fmt::arg("entries", entries), fmt::arg("weights", wanted.weights),
                  fmt::arg("load", writer.has_neurons() && wanted.flavour == CodeFlavour::snntorch
                                       ? code::load_snntorch
                                       : code::load_strictly));
  text += training_code(experiment);
  text +=
      fmt::format(fmt::runtime(code::demonstration), fmt::arg("input", extents(network.input())));
  return text;
}

NamedTensors state_for_code(const Network& network, CodeFlavour flavour) {
  NamedTensors state;
  const auto& layers = network.description().layers;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::string prefix =
        fmt::format("layers.{}.{}", layers[i].id, is_over_time(layers[i].kind) ? "module." : "");
    const auto add = [&](const std::string& name, const Tensor& tensor) {
      state.emplace_back(prefix + name, tensor.detach().to(torch::kCPU).contiguous());
    };
    const LayerModule& layer = *network.layers()[i];
    if (const NeuronLayer* neurons = layer.neurons()) {
      const SignalShape& input = i == 0 ? network.input() : network.shapes()[i - 1];
      for (const auto& [name, tensor] : code::neurons_state(*neurons, input, flavour))
        add(name, tensor);
      continue;
    }
    const auto plain = [](const std::string& name) {
      constexpr std::string_view own = "neuron.";
      return name.starts_with(own) ? name.substr(own.size()) : name;
    };
    for (const auto& p : layer.named_parameters()) add(plain(p.key()), p.value());
    for (const auto& p : layer.named_buffers()) add(plain(p.key()), p.value());
  }
  return state;
}

}  // namespace paralif
