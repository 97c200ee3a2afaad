// Training steps against recorded losses and final weights.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/agreement/golden_case.h"
#include "core/agreement/verification_parts.h"
#include "core/exchange/weights_reader.h"
#include "core/kernels/cpu/neuron_models.h"
#include "core/kernels/fused.h"
#include "core/networks/network.h"
#include "core/training/losses.h"
#include "core/training/network_of.h"
#include "core/training/optimizer.h"
#include "datasets/error.h"

namespace paralif::verification {
namespace {

using torch::Tensor;

std::map<std::string, Tensor> parameters_in(const Hdf5Reader& file, const std::string& group) {
  std::map<std::string, Tensor> all;
  for (const std::string& name : file.members(group)) {
    all.emplace(our_parameter_name(name), tensor_of(file, group + "/" + name));
  }
  return all;
}

template <typename T>
T attribute(const Hdf5Reader& file, const std::string& group,
            const std::map<std::string, Hdf5Attribute>& values, const std::string& name) {
  const auto found = values.find(name);
  if (found == values.end() || !std::holds_alternative<T>(found->second)) {
    throw Error(Error::Kind::file, file.path().string(),
                fmt::format("'{}' has no usable attribute '{}'", group, name));
  }
  return std::get<T>(found->second);
}

Experiment experiment_of(const Hdf5Reader& file, const std::string& group) {
  const auto a = file.attributes(group);
  Experiment e;
  e.network.hidden.assign(
      static_cast<std::size_t>(std::clamp<std::int64_t>(
          attribute<std::int64_t>(file, group, a, "nb_layers"), 0, 1000)),
      attribute<std::int64_t>(file, group, a, "hidden_size"));
  e.network.recurrent = {attribute<bool>(file, group, a, "recurrent")};
  e.network.recurrent_relu = attribute<bool>(file, group, a, "recurrent_relu");
  e.neuron.name = attribute<std::string>(file, group, a, "neuron");
  e.neuron.tau_mem_s = attribute<double>(file, group, a, "tau_mem");
  e.neuron.tau_syn_s = attribute<double>(file, group, a, "tau_syn");
  e.neuron.learn_tau = attribute<bool>(file, group, a, "learn_tau");
  e.neuron.tau_init = "reference";
  e.training.loss = attribute<std::string>(file, group, a, "loss_mode");
  e.training.learning_rate = attribute<double>(file, group, a, "lr");
  e.training.weight_decay = attribute<double>(file, group, a, "weight_decay");
  std::string optimizer = attribute<std::string>(file, group, a, "optimizer");
  std::ranges::transform(optimizer, optimizer.begin(),
                         [](unsigned char c) { return std::tolower(c); });
  e.training.optimizer = optimizer;
  // The recorded runs halve the rate every ten optimiser steps.
  e.training.schedule = attribute<bool>(file, group, a, "step_lr") ? "step" : "none";
  validate(e);
  return e;
}

Backend published_form(const Experiment& e) {
  return is_neuron_of(e.neuron.name, NeuronFamily::lif) ? Backend::sequential : Backend::fft;
}

void copy_values(torch::nn::Module& to, const torch::nn::Module& from) {
  const torch::NoGradGuard no_grad;
  auto targets = to.named_parameters();
  for (const auto& parameter : from.named_parameters()) {
    targets[parameter.key()].copy_(parameter.value());
  }
}

/// Relative L2 difference of all gradients together.
double gradient_difference(const torch::nn::Module& ours, const torch::nn::Module& theirs) {
  const auto mine = ours.named_parameters();
  double difference = 0.0;
  double norm = 0.0;
  for (const auto& parameter : theirs.named_parameters()) {
    const Tensor a = mine[parameter.key()].grad();
    const Tensor b = parameter.value().grad();
    if (!b.defined()) continue;
    const Tensor a_or_zero = a.defined() ? a : torch::zeros_like(b);
    difference += (a_or_zero - b).square().sum().item<double>();
    norm += b.square().sum().item<double>();
  }
  return norm > 0 ? std::sqrt(difference / norm) : std::sqrt(difference);
}

/// A recorded training, to be run again.
struct Recorded {
  Experiment experiment;
  Tensor inputs;  ///< (steps, batch, time, inputs)
  Tensor labels;  ///< (steps, batch)
  std::vector<double> losses;
  Loss loss;

  [[nodiscard]] std::int64_t steps() const { return inputs.size(0); }
  [[nodiscard]] Tensor loss_of(Network& network, std::int64_t step) const {
    const NetworkOutput out = network.forward(inputs[step], static_cast<std::uint64_t>(step));
    return loss.hard(loss.scores(out.readout), labels[step], 0.0);
  }
  /// The recorded trainings halve the rate every ten steps where they have a schedule.
  void begin_step(Optimizer& optimizer, std::int64_t step) const {
    if (experiment.training.schedule != "step" || step == 0 || step % 10 != 0) return;
    optimizer.set_learning_rate(0.5 * optimizer.learning_rate());
  }
};

/// How far rounding alone drives the losses apart up to each step: the same training from first
/// weights that differ by a millionth, a few times, against `losses`. A last bit that differs
/// makes a spike differ, and that the weights; on another processor it differs somewhere else.
std::vector<double> spread_of_rounding(const Recorded& recorded,
                                       const std::function<std::shared_ptr<Network>()>& make,
                                       const std::map<std::string, Tensor>& initial,
                                       const std::vector<double>& losses,
                                       const std::string& origin) {
  constexpr int twins = 4;
  constexpr double shift = 1e-6;
  std::vector<double> spread(losses.size(), 0.0);
  for (int twin = 1; twin <= twins; ++twin) {
    const std::shared_ptr<Network> made = make();
    Network& network = *made;
    copy_parameters(network.trained_tensors(), initial, origin);
    {
      const torch::NoGradGuard no_grad;
      std::uint64_t key = static_cast<std::uint64_t>(twin) << 32U;
      for (Tensor& weight : network.parameters()) {
        const Tensor draws = rule_noise(weight.sizes(), key++, weight.options().requires_grad(false));
        weight.mul_(1.0 + shift * (2.0 * draws - 1.0));
      }
    }
    Optimizer optimizer(network.parameters(), optimizer_settings(recorded.experiment));
    for (std::int64_t step = 0; step < recorded.steps(); ++step) {
      recorded.begin_step(optimizer, step);
      const Tensor loss = recorded.loss_of(network, step);
      optimizer.zero_grad();
      loss.backward();
      optimizer.step();
      const auto at = static_cast<std::size_t>(step);
      const double before = at > 0 ? spread[at - 1] : 0.0;
      spread[at] = std::max({spread[at], before, std::abs(loss.item<double>() - losses[at])});
    }
  }
  return spread;
}

/// Judges losses that part from the recorded ones: they may, from the step on where rounding alone
/// parts them as well, and not much further than it does.
void judge_parted(const Recorded& recorded, const std::vector<double>& ours,
                  const std::vector<double>& spread, const VerificationLimits& limits,
                  VerifiedCase& result) {
  constexpr double allowance = 10.0;
  constexpr std::size_t fewest = 5;  // steps that must agree within the limit
  std::size_t agreeing = 0;
  while (agreeing < ours.size() &&
         std::abs(ours[agreeing] - recorded.losses[agreeing]) <= limits.loss) {
    ++agreeing;
  }
  bool explained = agreeing >= fewest;
  for (std::size_t step = agreeing; step < ours.size(); ++step) {
    const double difference = std::abs(ours[step] - recorded.losses[step]);
    explained = explained && difference <= limits.loss + allowance * spread[step];
  }
  result.passed = explained && result.gradient <= limits.gradient;
  result.note += explained
                     ? fmt::format("; from step {} on rounding decides a spike, here as in a "
                                   "training whose weights differ by 1e-6",
                                   agreeing + 1)
                     : fmt::format("; loss of step {}", agreeing + 1);
}

VerifiedCase run_case(const Hdf5Reader& file, const std::string& group, Backend backend,
                      const VerificationLimits& limits) {
  VerifiedCase result;
  result.name = "training " + group;
  result.backend = to_string(backend);
  const Experiment e = experiment_of(file, group);
  const Tensor inputs = tensor_of(file, group + "/inputs");
  const Array<std::int64_t> label_array = file.integers(group + "/labels");
  const Array<double> losses = file.doubles(group + "/losses");
  if (inputs.dim() != 4 || label_array.shape.size() != 2 ||
      label_array.shape[0] != inputs.size(0) || label_array.shape[1] != inputs.size(1) ||
      static_cast<std::int64_t>(losses.values.size()) != inputs.size(0)) {
    throw Error(Error::Kind::file, file.path().string(),
                fmt::format("the inputs, labels and losses of '{}' do not fit", group));
  }
  const auto initial = parameters_in(file, group + "/initial");
  const auto final_values = parameters_in(file, group + "/final");
  const std::string readout = fmt::format("{}.bias", 2 * e.network.hidden.size());
  if (!initial.contains(readout)) {
    throw Error(Error::Kind::file, file.path().string(),
                fmt::format("'{}/initial' has no read-out", group));
  }
  // The recorded runs used the published parallel form.
  const auto make = [&](Backend as) {
    auto made = make_network(e, {0, {inputs.size(3)}}, initial.at(readout).numel());
    made->set_agreement(Agreement::published_parallel);
    made->set_backend(as);
    return made;
  };
  const auto make_published = [&] { return make(published_form(e)); };
  const std::shared_ptr<Network> published_network = make_published();
  const std::shared_ptr<Network> own_network = make(backend);
  Network& published = *published_network;
  Network& network = *own_network;
  copy_parameters(published.trained_tensors(), initial, file.path().string());
  Optimizer optimizer(published.parameters(), optimizer_settings(e));
  const Recorded recorded{
      e, inputs, torch::tensor(label_array.values, torch::kInt64).reshape(label_array.shape),
      losses.values, loss_named(e.training.loss)};
  result.loss = 0.0;
  std::vector<double> reached;
  std::vector<double> gradients;
  for (std::int64_t step = 0; step < recorded.steps(); ++step) {
    recorded.begin_step(optimizer, step);
    // Training is chaotic, so every backend is given the weights that the published form has
    // reached.
    copy_values(network, published);
    const Tensor our_loss = recorded.loss_of(network, step);
    reached.push_back(our_loss.item<double>());
    network.zero_grad();
    our_loss.backward();
    const Tensor loss = recorded.loss_of(published, step);
    optimizer.zero_grad();
    loss.backward();
    gradients.push_back(gradient_difference(network, published));
    optimizer.step();
    const double difference =
        std::abs(reached.back() - losses.values[static_cast<std::size_t>(step)]);
    if (!(difference <= result.loss)) result.loss = difference;
  }
  double weights = 0.0;
  std::map<std::string, Tensor> ours;
  for (const auto& [name, tensor] : published.trained_tensors()) ours.emplace(name, tensor);
  for (const auto& [name, theirs] : final_values) {
    const auto found = ours.find(name);
    const Tensor* mine = found == ours.end() ? nullptr : &found->second;
    if (mine == nullptr || mine->numel() != theirs.numel()) continue;
    const double norm = theirs.norm().item<double>();
    weights = std::max(weights, (mine->detach().reshape(theirs.sizes()) - theirs).norm().item<double>() /
                                    std::max(norm, 1e-12));
  }
  // The median: where a spike grazes the threshold, one step's gradients may part.
  std::ranges::sort(gradients);
  result.gradient = gradients.empty() ? 0.0 : gradients[gradients.size() / 2];
  result.passed = result.loss <= limits.loss && result.gradient <= limits.gradient;
  result.note = fmt::format("final weights within {:.1e}", weights);
  if (!(result.loss <= limits.loss) && std::isfinite(result.loss)) {
    const auto spread = spread_of_rounding(recorded, make_published, initial, reached,
                                           file.path().string());
    judge_parted(recorded, reached, spread, limits, result);
  }
  return result;
}

}  // namespace

void verify_training(const Hdf5Reader& file, const VerificationLimits& limits,
                     const Report& report) {
  for (const std::string& group : file.members("/")) {
    const auto attributes = file.attributes(group);
    const bool lif = is_neuron_of(attribute<std::string>(file, group, attributes, "neuron"),
                                  NeuronFamily::lif);
    for (const Backend backend :
         {Backend::sequential, Backend::fft, Backend::fused}) {
      if (lif && backend == Backend::fft) continue;
      report(run_case(file, group, backend, limits));
    }
  }
}

}  // namespace paralif::verification
