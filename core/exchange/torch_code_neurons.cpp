#include "core/exchange/torch_code_neurons.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace paralif::code {
namespace {

using torch::Tensor;

/// "(3,)" as Python writes a tuple.
std::string tuple_of(c10::IntArrayRef sizes) {
  std::string text = "(";
  for (const std::int64_t size : sizes) text += fmt::format("{}, ", size);
  if (text.size() > 1) text.pop_back();
  return text + ")";
}

std::string_view word(Squash squash) {
  switch (squash) {
    case Squash::identity:
      return "identity";
    case Squash::sigmoid:
      return "sigmoid";
    case Squash::tanh:
      return "tanh";
    case Squash::relu_tanh:
      return "relu_tanh";
  }
  return {};
}

std::string_view word(SpikeFunction spike_function) {
  switch (spike_function) {
    case SpikeFunction::none:  // of a read-out
    case SpikeFunction::threshold:
      return "threshold";
    case SpikeFunction::delta:
      return "delta";
    case SpikeFunction::bernoulli:
      return "bernoulli";
    case SpikeFunction::gumbel:
      return "gumbel";
  }
  return {};
}

std::string_view word(Surrogate surrogate) {
  return surrogate == Surrogate::atan ? "atan" : "fastsig";
}

bool is_learned(const NeuronLayer& layer, const std::string& name) {
  return layer.named_parameters(false).contains(name);
}

std::string plain(const NeuronPlace& place) {
  const NeuronSettings& s = place.layer.settings();
  const SpikeRule rule = rule_of(s);
  std::vector<std::string> shapes;
  std::vector<std::string> learned;
  for (const auto& p : place.layer.named_parameters(false)) {
    shapes.push_back(fmt::format("\"{}\": {}", p.key(), tuple_of(p.value().sizes())));
    learned.push_back(fmt::format("\"{}\"", p.key()));
  }
  for (const auto& p : place.layer.named_buffers(false)) {
    shapes.push_back(fmt::format("\"{}\": {}", p.key(), tuple_of(p.value().sizes())));
  }
  std::string text = fmt::format(
      "Neurons(reset={}, squash=\"{}\", spikes=\"{}\", fire={},\n"
      "                shapes={{{}}}, learned=[{}],\n"
      "                surrogate=(\"{}\", {})",
      python(s.model == NeuronModel::lif), word(rule.squash), word(rule.spike_function),
      python(s.fire), fmt::join(shapes, ", "), fmt::join(learned, ", "), word(rule.surrogate),
      rule.surrogate_scale);
  if (s.recurrent) {
    text += fmt::format(", recurrent={}, feed_spikes={}", s.neurons, python(s.recurrent_fire));
  }
  if (s.refractory_s > 0) text += fmt::format(", refractory={}", s.refractory_s / s.time_step_s);
  return text + ")";
}

/// What the published constructors are told so that their state has the shape of `values`.
std::string published_value(const Tensor& values, std::int64_t neurons, double one) {
  return values.numel() == 1 ? fmt::format("{:#}", one) : fmt::format("{} * [{:#}]", neurons, one);
}

std::string published(const NeuronPlace& place) {
  const NeuronLayer& layer = place.layer;
  const NeuronSettings& s = layer.settings();
  const std::int64_t neurons = place.input.units();
  const bool has_synapse = !s.tau_syn_s.empty();
  if (s.learn_tau && s.tau_mem_s.empty()) {
    place.refuse(
        "learns its time constants and has none of the membrane, which the published "
        "package always learns");
  }
  std::string text = s.model == NeuronModel::lif
                         ? fmt::format("LIF({}", neurons)
                         : fmt::format("ParaLIF({}, \"{}\"", neurons, to_string(s.mode));
  const SpikeRule rule = rule_of(s);
  text += fmt::format(
      ", fire={}, spk_threshold={}, learn_threshold={},\n"
      "                tau_mem={}, tau_syn={}, time_step={}, learn_tau={},\n"
      "                surrogate_mode=\"{}\", surrogate_scale={}",
      python(s.fire), published_value(layer.threshold(), neurons, 1.0), python(s.learn_threshold),
      published_value(layer.beta(), neurons, s.tau_mem_s.empty() ? 0.0 : s.tau_mem_s.front()),
      has_synapse ? published_value(layer.alpha(), neurons, s.tau_syn_s.front()) : "None",
      s.time_step_s, python(s.learn_tau), word(rule.surrogate), rule.surrogate_scale);
  if (s.recurrent)
    text += fmt::format(", recurrent=True, recurrent_fire={}", python(s.recurrent_fire));
  if (s.refractory_s > 0) text += fmt::format(", refractory={}", s.refractory_s);
  text += ")";
  return place.input.features.size() == 1 ? text : "InOneRow(" + text + ")";
}

std::string snntorch(const NeuronPlace& place) {
  const NeuronLayer& layer = place.layer;
  const NeuronSettings& s = layer.settings();
  const SpikeRule rule = rule_of(s);
  const bool lif = s.model == NeuronModel::lif;
  if (s.refractory_s > 0) place.refuse("has a refractory period, which snnTorch has not");
  if (!lif && s.recurrent) {
    place.refuse(
        "is a recurrent ParaLIF, which snnTorch has no neuron for: export with 'plain' or "
        "'paralif'");
  }
  const bool rule_is_there =
      rule.squash == Squash::identity && (rule.spike_function == SpikeFunction::threshold ||
                                          rule.spike_function == SpikeFunction::none);
  if (s.fire && !rule_is_there) {
    place.refuse(
        fmt::format("spikes by ParaLIF-{}, which snnTorch has no neuron for: export with "
                    "'plain' or 'paralif'",
                    to_string(s.mode)));
  }
  const auto shape = [&](const Tensor& values) {
    return tuple_of(values.numel() == 1 ? c10::IntArrayRef()
                                        : c10::IntArrayRef(place.input.features));
  };
  std::string text = fmt::format(
      "OverSteps(reset={}, fire={}, shapes=[{}, {}, {}], learned=[{}, {}, {}],\n"
      "                surrogate=snn.surrogate.{}({})",
      python(lif && s.fire), python(s.fire), shape(layer.alpha()), shape(layer.beta()),
      shape(layer.threshold()), python(is_learned(layer, "alpha")),
      python(is_learned(layer, "beta")), python(is_learned(layer, "threshold")),
      rule.surrogate == Surrogate::atan ? "atan" : "fast_sigmoid", rule.surrogate_scale);
  if (s.recurrent) {
    text += fmt::format(", recurrent={}, feed_spikes={}", s.neurons, python(s.recurrent_fire));
  }
  return text + ")";
}

/// Of one value, or one a neuron.
Tensor spread(const Tensor& values, std::int64_t neurons) {
  const Tensor all = over_neurons(values.detach(), neurons);
  return (all.numel() == 1 ? all.reshape({}) : all).contiguous();
}

NamedTensors published_state(const NeuronLayer& layer, const SignalShape& input) {
  const std::string row = input.features.size() == 1 ? "" : "module.";
  const std::int64_t neurons = input.units();
  NamedTensors state;
  const auto add = [&](const torch::OrderedDict<std::string, Tensor>& values) {
    for (const auto& v : values) {
      const std::string name = v.key() == "threshold" ? "_spk_threshold" : "_" + v.key();
      state.emplace_back(row + name, spread(v.value(), neurons));
    }
  };
  add(layer.named_parameters(false));
  add(layer.named_buffers(false));
  if (layer.recurrent != nullptr) {
    state.emplace_back(row + "fc_recu.weight", layer.recurrent->weight.detach());
    state.emplace_back(row + "fc_recu.bias", layer.recurrent->bias.detach());
  }
  state.emplace_back(row + "nb_spike_per_neuron", torch::zeros({neurons}));  // counters
  if (layer.settings().model == NeuronModel::paralif) {
    state.emplace_back(row + "nb_spike_per_neuron_rec", torch::zeros({neurons}));
  }
  return state;
}

NamedTensors snntorch_state(const NeuronLayer& layer, const SignalShape& input) {
  const auto shaped = [&](const Tensor& values) {
    const Tensor all = spread(values, input.units());
    return all.dim() == 0 ? all : all.reshape(input.features);
  };
  NamedTensors state{{"neuron.alpha", shaped(layer.alpha())},
                     {"neuron.beta", shaped(layer.beta())},
                     {"neuron.threshold", shaped(layer.threshold())}};
  if (layer.recurrent != nullptr) {
    state.emplace_back("recurrent.weight", layer.recurrent->weight.detach());
    state.emplace_back("recurrent.bias", layer.recurrent->bias.detach());
  }
  return state;
}

NamedTensors plain_state(const NeuronLayer& layer) {
  NamedTensors state;
  for (const auto& p : layer.named_parameters()) state.emplace_back(p.key(), p.value().detach());
  for (const auto& p : layer.named_buffers()) state.emplace_back(p.key(), p.value());
  return state;
}

}  // namespace

const char* python(bool value) {
  return value ? "True" : "False";
}

std::string neurons_expression(const NeuronPlace& place, CodeFlavour flavour) {
  if (place.layer.settings().recurrent && place.input.features.size() != 1) {
    place.refuse("is recurrent across channels of a picture");
  }
  switch (flavour) {
    case CodeFlavour::plain:
      return plain(place);
    case CodeFlavour::paralif:
      return published(place);
    case CodeFlavour::snntorch:
      return snntorch(place);
  }
  return {};
}

NamedTensors neurons_state(const NeuronLayer& layer, const SignalShape& input,
                           CodeFlavour flavour) {
  switch (flavour) {
    case CodeFlavour::plain:
      return plain_state(layer);
    case CodeFlavour::paralif:
      return published_state(layer, input);
    case CodeFlavour::snntorch:
      return snntorch_state(layer, input);
  }
  return {};
}

}  // namespace paralif::code
