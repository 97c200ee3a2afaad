#include "core/experiments/published_networks.h"

#include <fmt/format.h>

namespace paralif {
namespace {

using Values = std::map<std::string, ParameterValue>;

ParameterValue value_or_absent(const std::optional<double>& value) {
  if (value) return *value;
  return std::monostate{};
}

bool is_multi_step(const std::string& model) {
  return model == "SJ-LIF" || model == "PLIF";
}

/// Settings that each network has of its own.
struct Own {
  double threshold_delta;  ///< of the ParaLIF modes with D
  double tau_steps;
  bool decay_input;
  std::string reset;
  bool detach_reset;
  double surrogate_scale;
  bool learn_threshold;
  double threshold = 1.0;
};

LayerDescription neurons(const std::string& id, const NetworkNeuron& n, const Own& own,
                         bool fire = true) {
  Values v{{"model", n.model}, {"fire", fire}};
  if (n.model == "ReLU") return {id, "neuron", std::move(v)};
  v["surrogate"] = n.surrogate;
  v["surrogate_scale"] = n.surrogate_scale.value_or(own.surrogate_scale);
  if (is_multi_step(n.model)) {
    v["threshold"] = n.threshold.value_or(1.0);
    v["tau"] = n.tau_steps.value_or(own.tau_steps);
    v["decay_input"] = own.decay_input;
    v["reset"] = own.reset;
    v["detach_reset"] = n.detach_reset.value_or(own.detach_reset);
    return {id, "neuron", std::move(v)};
  }
  const bool delta = n.model.find('D', n.model.find('-')) != std::string::npos;
  v["threshold"] = n.threshold.value_or(delta ? own.threshold_delta : own.threshold);
  v["learn_threshold"] = own.learn_threshold && fire;
  v["tau_mem"] = value_or_absent(n.tau_mem_s);
  v["tau_syn"] = value_or_absent(n.tau_syn_s);
  v["learn_tau"] = n.learn_tau;
  v["tau_init"] = n.tau_init;
  if (!n.recurrent || !fire) return {id, "neuron", std::move(v)};
  v["feed_spikes"] = n.feed_spikes;
  return {id, "recurrent_neuron", std::move(v)};
}

}  // namespace

NetworkDescription plif_net(const PlifNet& net) {
  const Own own{.threshold_delta = 0.01,
                .tau_steps = 2.0,
                .decay_input = true,
                .reset = "hard",
                .detach_reset = false,
                .surrogate_scale = 2.0,
                .learn_threshold = false};
  NetworkDescription network;
  auto& layers = network.layers;
  std::int64_t side = net.side;
  int index = 0;
  const auto conv_id = [&] { return fmt::format("conv_{}", index++); };
  for (std::int64_t stage = 0; stage < net.stages; ++stage) {
    layers.push_back({conv_id(),
                      "conv2d",
                      {{"channels", net.channels},
                       {"kernel", std::int64_t{3}},
                       {"padding", std::int64_t{1}},
                       {"bias", false}}});
    layers.push_back({conv_id(), "batch_norm", {}});
    layers.push_back(neurons(conv_id(), net.neuron, own));
    layers.push_back(
        {conv_id(), net.max_pool ? "max_pool" : "average_pool", {{"size", std::int64_t{2}}}});
    side /= 2;
  }
  const std::int64_t units = net.channels * side * side;
  layers.push_back({"fc_0", "flatten", {}});
  layers.push_back({"fc_1", "dropout", {{"probability", net.dropout}}});
  layers.push_back({"fc_2", "linear", {{"units", units / 4}, {"bias", false}}});
  layers.push_back(neurons("fc_3", net.neuron, own));
  layers.push_back({"fc_4", "dropout", {{"probability", net.dropout}}});
  layers.push_back({"fc_5", "linear", {{"units", 10 * net.classes}, {"bias", false}}});
  layers.push_back(neurons("fc_6", net.neuron, own));
  layers.push_back({"vote", "vote", {{"group", std::int64_t{10}}}});
  return network;
}

NetworkDescription sequential_cifar10(const SequentialCifar10& net) {
  const Own own{.threshold_delta = 1.0,
                .tau_steps = 2.0,
                .decay_input = true,
                .reset = "soft",
                .detach_reset = true,
                .surrogate_scale = 2.0,
                .learn_threshold = true};
  NetworkDescription network;
  auto& layers = network.layers;
  int index = 0;
  const auto conv_id = [&] { return fmt::format("conv_{}", index++); };
  for (std::int64_t group = 0; group < net.groups; ++group) {
    for (std::int64_t i = 0; i < net.convolutions; ++i) {
      layers.push_back({conv_id(),
                        "conv1d",
                        {{"channels", net.channels},
                         {"kernel", std::int64_t{3}},
                         {"padding", std::int64_t{1}},
                         {"bias", false}}});
      layers.push_back({conv_id(), "batch_norm", {}});
      layers.push_back(neurons(conv_id(), net.neuron, own));
    }
    layers.push_back({conv_id(), "average_pool", {{"size", std::int64_t{2}}}});
  }
  layers.push_back({"fc_0", "flatten", {}});
  layers.push_back({"fc_1", "linear", {{"units", net.hidden}, {"bias", true}}});
  layers.push_back(neurons("fc_2", net.neuron, own));
  layers.push_back({"fc_3", "linear", {{"units", net.classes}, {"bias", true}}});
  return network;
}

NetworkDescription delay_net(const DelayNet& net) {
  const Own own{.threshold_delta = 0.01,
                .tau_steps = 1.005,
                .decay_input = false,
                .reset = "hard",
                .detach_reset = true,
                .surrogate_scale = 5.0,
                .learn_threshold = false};
  NetworkDescription network;
  auto& layers = network.layers;
  int index = 0;
  const auto id = [&] { return fmt::format("model_{}", index++); };
  const auto delays = [&](std::int64_t units) {
    layers.push_back({id(),
                      "learned_delay",
                      {{"units", units},
                       {"taps", net.taps},
                       {"padding_before", net.padding_before},
                       {"padding_after", net.padding_after},
                       {"kernel", net.kernel},
                       {"sigma", net.sigma}}});
  };
  for (std::int64_t block = 0; block < net.blocks; ++block) {
    delays(net.hidden);
    layers.push_back({id(), "batch_norm", {}});
    layers.push_back(neurons(id(), net.neuron, own));
    layers.push_back({id(), "dropout", {{"probability", net.dropout}}});
  }
  delays(net.classes);
  layers.push_back(neurons(id(), net.neuron, own, false));
  return network;
}

}  // namespace paralif
