// Convolutional and delay networks against recorded outputs and gradients.
#include <fmt/format.h>

#include "core/agreement/golden_case.h"
#include "core/agreement/verification_parts.h"
#include "core/exchange/weights_reader.h"
#include "core/experiments/published_networks.h"
#include "core/networks/network.h"
#include "datasets/error.h"

namespace paralif::verification {
namespace {

using torch::Tensor;
using Attributes = std::map<std::string, Hdf5Attribute>;

/// A recorded network: attributes, and what its input and output are.
struct NetworkCase {
  const Hdf5Reader& file;
  std::string group;
  Attributes attributes;

  [[noreturn]] void fail(const std::string& name) const {
    throw Error(Error::Kind::file, file.path().string(),
                fmt::format("'{}' has no usable attribute '{}'", group, name));
  }
  [[nodiscard]] bool has(const std::string& name) const { return attributes.contains(name); }
  [[nodiscard]] double number(const std::string& name) const {
    const auto at = attributes.find(name);
    if (at == attributes.end()) fail(name);
    if (const auto* v = std::get_if<double>(&at->second)) return *v;
    if (const auto* v = std::get_if<std::int64_t>(&at->second)) return static_cast<double>(*v);
    fail(name);
  }
  [[nodiscard]] std::int64_t whole(const std::string& name) const {
    const double value = number(name);
    if (!(value >= 0 && value <= 1e6)) fail(name);
    return static_cast<std::int64_t>(value);
  }
  [[nodiscard]] bool flag(const std::string& name, bool otherwise) const {
    const auto at = attributes.find(name);
    if (at == attributes.end()) return otherwise;
    if (const auto* v = std::get_if<bool>(&at->second)) return *v;
    if (const auto* v = std::get_if<std::int64_t>(&at->second)) return *v != 0;
    fail(name);
  }
  [[nodiscard]] std::string text(const std::string& name) const {
    const auto at = attributes.find(name);
    if (at == attributes.end() || !std::holds_alternative<std::string>(at->second)) fail(name);
    return std::get<std::string>(at->second);
  }
};

/// -1 stands for none.
std::optional<double> tau(const NetworkCase& c, const std::string& name) {
  if (!c.has(name) || c.number(name) < 0) return std::nullopt;
  return c.number(name);
}

struct BuiltCase {
  NetworkDescription network;
  SignalShape input;
  Tensor x;                                     ///< (B, T, features...)
  std::function<Tensor(const Tensor&)> reduce;  ///< of the read-out, to the recorded output
};

NetworkNeuron neuron_of(const NetworkCase& c) {
  NetworkNeuron n;
  n.tau_mem_s = tau(c, "tau_mem");
  n.tau_syn_s = tau(c, "tau_syn");
  n.tau_init = "reference";
  n.recurrent = c.flag("recurrent", false);
  n.feed_spikes = c.flag("recurrent_fire", false);
  if (c.has("detach_reset")) n.detach_reset = c.flag("detach_reset", false);
  if (c.has("init_tau")) n.tau_steps = c.number("init_tau");
  if (c.has("surrogate_scale")) n.surrogate_scale = c.number("surrogate_scale");
  const std::string name = c.text("neuron");
  n.model = name == "LIF" || name == "lif" ? "SJ-LIF" : name == "plif" ? "PLIF" : name;
  return n;
}

BuiltCase build_plif_net(const NetworkCase& c, const Tensor& input) {
  PlifNet net;
  net.channels = c.whole("channels");
  net.stages = c.whole("number_layer");
  net.max_pool = c.flag("use_max_pool", true);
  net.side = input.size(-1);
  net.classes = 10;
  net.dropout = 0.0;
  net.neuron = neuron_of(c);
  net.neuron.learn_tau = c.flag("learn_tau", false);
  // The file without the attribute was made with a detached reset.
  if (!net.neuron.detach_reset) net.neuron.detach_reset = true;
  return {plif_net(net),
          {input.size(1), {input.size(2), input.size(3), input.size(4)}},
          input,
          [](const Tensor& readout) { return readout.sum(1); }};
}

BuiltCase build_sequential(const NetworkCase& c, const Tensor& input) {
  SequentialCifar10 net;
  net.channels = c.whole("channels");
  net.groups = c.whole("n_down");
  net.convolutions = c.whole("n_conv");
  net.length = input.size(2);
  net.hidden = tensor_of(c.file, c.group + "/parameter/fc.1.weight").size(0);
  net.neuron = neuron_of(c);
  return {sequential_cifar10(net),
          {input.size(3), {input.size(1), input.size(2)}},
          input.permute({0, 3, 1, 2}),
          [](const Tensor& readout) { return readout.mean(1); }};
}

BuiltCase build_delays(const NetworkCase& c, const Tensor& input) {
  DelayNet net;
  net.hidden = tensor_of(c.file, c.group + "/parameter/model.0.weight").size(0);
  net.classes = tensor_of(c.file, c.group + "/parameter/model.8.weight").size(0);
  net.taps = c.whole("max_delay");
  net.padding_before = c.whole("left_padding");
  net.padding_after = c.whole("right_padding");
  net.kernel = c.text("dcls_version");
  net.sigma = c.number("sigma");
  net.dropout = 0.0;
  net.neuron = neuron_of(c);
  if (net.neuron.model == "paralif") net.neuron.model = "ParaLIF-" + c.text("spike_mode");
  return {delay_net(net),
          {input.size(0), {input.size(2)}},
          input.transpose(0, 1),
          [](const Tensor& readout) { return readout.transpose(0, 1); }};
}

BuiltCase build(const NetworkCase& c, const std::string& family) {
  const Tensor input = tensor_of(c.file, c.group + "/input");
  const auto rank = [&](std::int64_t dimensions) {
    if (input.dim() == dimensions) return;
    throw Error(Error::Kind::file, c.file.path().string(),
                fmt::format("the input of '{}' has {} dimensions, not {}", c.group, input.dim(),
                            dimensions));
  };
  if (family == "plif_net") return rank(5), build_plif_net(c, input);
  if (family == "sequential_cifar10") return rank(4), build_sequential(c, input);
  if (family == "delays") return rank(3), build_delays(c, input);
  throw Error(Error::Kind::file, c.file.path().string(),
              fmt::format("'{}' is no network that is known here", family));
}

/// "conv.2.neuron._beta" is "conv_2.neuron.beta"; PLIF's "conv.2.w" is "conv_2.neuron.w".
std::string our_name(const std::string& published) {
  const auto first = published.find('.');
  const auto second = published.find('.', first + 1);
  if (first == std::string::npos || second == std::string::npos) return published;
  const std::string layer =
      published.substr(0, first) + "_" + published.substr(first + 1, second - first - 1);
  std::string rest = published.substr(second + 1);
  if (rest == "w") rest = "neuron.w";
  return layer + "." + our_parameter_name(rest);
}

std::map<std::string, Tensor> tensors_in(const NetworkCase& c, const std::string& name) {
  std::map<std::string, Tensor> all;
  const std::string group = c.group + "/" + name;
  if (!c.file.contains(group)) return all;
  for (const std::string& entry : c.file.members(group)) {
    all.emplace(our_name(entry), tensor_of(c.file, group + "/" + entry));
  }
  return all;
}

/// Parameters and buffers by name; what the network has no counterpart of is left out if it may.
void copy_state(Network& network, const NetworkCase& c) {
  const torch::NoGradGuard no_grad;
  auto parameters = network.named_parameters();
  auto buffers = network.named_buffers();
  const auto put = [&](const std::string& name, const Tensor& value, bool may_be_absent) {
    Tensor* mine = parameters.find(name);
    if (mine == nullptr) mine = buffers.find(name);
    if (mine == nullptr && may_be_absent) return;
    if (mine == nullptr || mine->numel() != value.numel()) {
      throw Error(Error::Kind::file, c.file.path().string(),
                  fmt::format("'{}' of '{}' is unknown or has another shape", name, c.group));
    }
    mine->copy_(value.reshape(mine->sizes()));
  };
  for (const auto& [name, value] : tensors_in(c, "parameter")) put(name, value, false);
  for (const auto& [name, value] : tensors_in(c, "buffer")) put(name, value, true);
}

double relative(const Tensor& ours, const Tensor& theirs) {
  const Tensor a = ours.to(torch::kFloat64).flatten();
  const Tensor b = theirs.to(torch::kFloat64).flatten();
  if (a.numel() != b.numel()) return std::numeric_limits<double>::infinity();
  const double norm = b.norm().item<double>();
  const double difference = (a - b).norm().item<double>();
  if (std::isnan(difference)) return std::numeric_limits<double>::infinity();
  return norm > 1e-12 ? difference / norm : difference;
}

VerifiedCase run_case(const NetworkCase& c, const std::string& family, Backend backend,
                      const VerificationLimits& limits) {
  const BuiltCase built = build(c, family);
  Network network(built.network, built.input, 0);
  network.set_agreement(Agreement::published_parallel);
  network.set_backend(backend);
  copy_state(network, c);
  network.train();
  const Tensor x = built.x.contiguous().set_requires_grad(true);
  const Tensor output = built.reduce(network.forward(x).readout);
  const Tensor theirs = tensor_of(c.file, c.group + "/output");
  VerifiedCase result;
  result.name = c.group;
  result.backend = to_string(backend);
  if (output.sizes() != theirs.sizes()) {
    result.note = "the output has another shape";
    return result;
  }
  const double largest = std::max(theirs.abs().max().item<double>(), 1e-12);
  result.membrane = (output - theirs).abs().max().item<double>() / largest;
  output.backward(tensor_of(c.file, c.group + "/grad_output"));
  const Tensor grad_input = tensor_of(c.file, c.group + "/grad_input");
  Tensor ours = x.grad();
  if (family == "sequential_cifar10") ours = ours.permute({0, 2, 3, 1});
  if (family == "delays") ours = ours.transpose(0, 1);
  result.gradient = relative(ours, grad_input);
  std::string where = "input";
  const auto parameters = network.named_parameters();
  for (const auto& [name, gradient] : tensors_in(c, "grad_parameter")) {
    const Tensor* mine = parameters.find(name);
    if (mine == nullptr) {
      result.note = fmt::format("'{}' is no parameter", name);
      return result;
    }
    const double difference =
        relative(mine->grad().defined() ? mine->grad() : torch::zeros_like(*mine), gradient);
    if (difference > result.gradient) {
      result.gradient = difference;
      where = name;
    }
  }
  result.passed =
      result.membrane <= limits.network_output && result.gradient <= limits.network_gradient;
  result.note = fmt::format("worst gradient of {}", where);
  return result;
}

}  // namespace

void verify_networks(const Hdf5Reader& file, const VerificationLimits& limits,
                     const Report& report) {
  for (const std::string& family : file.members("/")) {
    for (const std::string& name : file.members(family)) {
      const std::string group = family + "/" + name;
      const NetworkCase c{file, group, file.attributes(group)};
      const bool fft = c.text("neuron").starts_with("Para") || c.text("neuron") == "paralif";
      for (const Backend backend :
           {Backend::sequential, Backend::fft, Backend::fused}) {
        if (backend == Backend::fft && !fft) continue;
        report(run_case(c, family, backend, limits));
      }
    }
  }
}

}  // namespace paralif::verification
