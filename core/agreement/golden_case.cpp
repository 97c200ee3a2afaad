#include "core/agreement/golden_case.h"
#include "core/exchange/weights_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "datasets/error.h"

namespace paralif::verification {
namespace {

/// Attributes of a case, typed, with errors that name the case.
class Attributes {
 public:
  Attributes(const Hdf5Reader& file, const std::string& group)
      : path_(file.path().string()), group_(group), values_(file.attributes(group)) {}

  [[nodiscard]] bool has(const std::string& name) const { return values_.contains(name); }

  [[nodiscard]] bool flag(const std::string& name, bool otherwise) const {
    if (!has(name)) return otherwise;
    const auto& value = values_.at(name);
    if (const auto* v = std::get_if<bool>(&value)) return *v;
    if (const auto* v = std::get_if<std::int64_t>(&value)) return *v != 0;
    fail(name, "is not true or false");
  }

  [[nodiscard]] std::string text(const std::string& name, const std::string& otherwise) const {
    if (!has(name)) return otherwise;
    if (const auto* v = std::get_if<std::string>(&values_.at(name))) return *v;
    fail(name, "is not a text");
  }

  /// One or several numbers; empty for "none".
  [[nodiscard]] std::vector<double> numbers(const std::string& name,
                                            std::vector<double> otherwise) const {
    if (!has(name)) return otherwise;
    const auto& value = values_.at(name);
    if (const auto* v = std::get_if<double>(&value)) return {*v};
    if (const auto* v = std::get_if<std::int64_t>(&value)) return {static_cast<double>(*v)};
    if (const auto* v = std::get_if<std::vector<double>>(&value)) return *v;
    if (const auto* v = std::get_if<std::string>(&value); v != nullptr && *v == "none") return {};
    fail(name, "is not a number");
  }

  [[nodiscard]] double number(const std::string& name, double otherwise) const {
    const auto values = numbers(name, {otherwise});
    return values.empty() ? otherwise : values.front();
  }

  [[noreturn]] void fail(const std::string& name, const std::string& problem) const {
    throw Error(Error::Kind::file, path_,
                fmt::format("attribute '{}' of '{}' {}", name, group_, problem));
  }

 private:
  std::string path_;
  std::string group_;
  std::map<std::string, Hdf5Attribute> values_;
};

std::map<std::string, torch::Tensor> tensors_in(const Hdf5Reader& file, const std::string& group) {
  std::map<std::string, torch::Tensor> all;
  if (!file.contains(group)) return all;
  for (const std::string& name : file.members(group)) {
    all.emplace(our_parameter_name(name), tensor_of(file, group + "/" + name));
  }
  return all;
}

NeuronSettings settings_of(const Attributes& a, const std::string& model) {
  NeuronSettings s;
  s.model = model.starts_with("LIF") ? NeuronModel::lif : NeuronModel::paralif;
  if (s.model == NeuronModel::paralif) {
    const auto mode = spike_mode(a.text("spike_mode", "T"));
    if (!mode) a.fail("spike_mode", "is not one of the eleven modes");
    s.mode = *mode;
  }
  s.neurons = static_cast<std::int64_t>(a.number("n_neuron", 1));
  s.fire = a.flag("fire", true);
  s.recurrent = a.flag("recurrent", false);
  s.recurrent_fire = a.flag("recurrent_fire", true);
  s.threshold = a.numbers("spk_threshold", {1.0});
  s.learn_threshold = a.flag("learn_threshold", false);
  s.tau_mem_s = a.numbers("tau_mem", {1e-3});
  s.tau_syn_s = a.numbers("tau_syn", {1e-3});
  s.time_step_s = a.number("time_step", 1e-3);
  s.learn_tau = a.flag("learn_tau", false);
  s.decay_init = DecayInit::reference;
  s.refractory_s = a.number("refractory", 0.0);
  s.surrogate =
      a.text("surrogate_mode", "fastsig") == "atan" ? Surrogate::atan : Surrogate::fastsig;
  if (const auto scale = a.numbers("surrogate_scale", {}); !scale.empty()) {
    s.surrogate_scale = scale.front();
  }
  return s;
}

}  // namespace

torch::Tensor tensor_of(const Hdf5Reader& file, const std::string& name) {
  Array<float> array = file.floats(name);
  return torch::from_blob(array.values.data(), array.shape, torch::kFloat32).clone();
}

GoldenCase read_case(const Hdf5Reader& file, const std::string& group) {
  GoldenCase c;
  c.name = group;
  const Attributes attributes(file, group);
  const auto slash = group.find('/');
  const std::string top = group.substr(0, slash);
  c.settings = settings_of(attributes, top == "readout" ? group.substr(slash + 1) : top);
  c.parallel = attributes.flag("parallel", true);
  c.settings.agreement =
      c.parallel ? Agreement::published_parallel : Agreement::published_sequential;
  c.input = tensor_of(file, group + "/input");
  c.membrane = tensor_of(file, group + "/membrane");
  if (c.settings.fire) c.spikes = tensor_of(file, group + "/spikes");
  if (file.contains(group + "/grad_output")) {
    c.grad_output = tensor_of(file, group + "/grad_output");
    c.grad_input = tensor_of(file, group + "/grad_input");
  }
  c.parameters = tensors_in(file, group + "/param");
  c.gradients = tensors_in(file, group + "/grad_param");
  const bool shaped = c.input.dim() == 3 && c.input.size(2) == c.settings.neurons &&
                      c.membrane.sizes() == c.input.sizes() &&
                      (!c.spikes.defined() || c.spikes.sizes() == c.input.sizes()) &&
                      (!c.grad_output.defined() || (c.grad_output.sizes() == c.input.sizes() &&
                                                    c.grad_input.sizes() == c.input.sizes()));
  if (!shaped) {
    throw Error(Error::Kind::file, file.path().string(),
                fmt::format("the arrays of '{}' are not all (batch, time, {})", group,
                            c.settings.neurons));
  }
  return c;
}

void copy_parameters(const NamedTensors& parameters,
                     const std::map<std::string, torch::Tensor>& values,
                     const std::string& origin) {
  const torch::NoGradGuard no_grad;
  for (const auto& [name, value] : values) {
    const auto mine = std::ranges::find(parameters, name, &NamedTensors::value_type::first);
    if (mine == parameters.end()) {
      throw Error(Error::Kind::file, origin, fmt::format("parameter '{}' is unknown", name));
    }
    if (mine->second.numel() != value.numel()) {
      throw Error(Error::Kind::file, origin,
                  fmt::format("parameter '{}' has {} values, not {}", name, value.numel(),
                              mine->second.numel()));
    }
    torch::Tensor target = mine->second;
    target.copy_(value.reshape(target.sizes()));
  }
}

}  // namespace paralif::verification
