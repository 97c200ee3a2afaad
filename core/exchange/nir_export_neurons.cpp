#include <cmath>

#include "core/exchange/nir_graph_builder.h"
#include "core/kernels/cpu/step_models.h"
#include "core/neurons/neuron_layer.h"

namespace paralif::nir {
namespace {

using torch::Tensor;

class NeuronWriter {
 public:
  explicit NeuronWriter(GraphBuilder& builder) : b_(builder) {}

  void neurons(const LayerDescription& layer) {
    const NeuronLayer* published = b_.network().layers()[b_.at()]->neurons();
    if (published == nullptr) return others(layer);
    const NeuronSettings& s = published->settings();
    if (s.recurrent && b_.input().features.size() != 1) {
      b_.refuse("is recurrent across channels of a picture, which has no form in NIR");
    }
    if (s.recurrent && !s.recurrent_fire) b_.refuse("feeds relu(membrane) back; NIR has no relu");
    if (s.refractory_s > 0 && s.fire) {
      b_.approximate("has a refractory period, which NIR has not", "written without one");
    }
    const bool lif = s.model == NeuronModel::lif;
    if (lif && s.fire) return reset_neurons(layer.id, *published);
    filter_neurons(layer.id, *published);
  }

 private:
  /// The two filters as CubaLI, or with a threshold as CubaLIF.
  [[nodiscard]] NirNode filter(const std::string& name, const char* type,
                               const NeuronLayer& neurons) const {
    const Tensor kept_syn = 1.0 - neurons.alpha().detach().to(torch::kFloat64);
    const Tensor kept_mem = 1.0 - neurons.beta().detach().to(torch::kFloat64);
    NirNode node{name, type};
    node.values["tau_syn"] = b_.spread(b_.dt() / kept_syn);
    node.values["tau_mem"] = b_.spread(b_.dt() / kept_mem);
    node.values["w_in"] = b_.spread(1.0 / kept_syn);
    node.values["r"] = b_.spread(b_.network().shapes()[b_.at()], 1.0);
    node.values["v_leak"] = b_.spread(b_.network().shapes()[b_.at()], 0.0);
    return node;
  }

  void reset_neurons(const std::string& id, const NeuronLayer& neurons) {
    NirNode node = filter(id, "CubaLIF", neurons);
    node.values["v_threshold"] = b_.spread(neurons.threshold());
    node.values["v_reset"] = b_.spread(b_.network().shapes()[b_.at()], 0.0);
    if (neurons.recurrent) give_bias(array_of(neurons.recurrent->bias));
    b_.add(std::move(node), {b_.last()});
    if (!neurons.recurrent) return;
    const std::string back = id + ".recurrent";
    b_.graph().nodes.push_back({back, "Linear", {{"weight", array_of(neurons.recurrent->weight)}}});
    b_.graph().edges.emplace_back(id, back);
    b_.graph().edges.emplace_back(back, id);
  }

  /// A recurrent bias counts from the first step on, where nothing has come back yet: it belongs to
  /// the weights before.
  void give_bias(const Array<double>& more) {
    NirNode& before = b_.graph().nodes.back();
    const bool dense = before.type == "Linear" || before.type == "Affine";
    if (!dense) b_.refuse("has a recurrent bias and no weights before it to take it");
    if (!before.values.contains("bias")) {
      before.values["bias"] = b_.ones(static_cast<std::int64_t>(more.values.size()), 0.0);
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
      b_.add(filter(s.fire ? id + ".membrane" : id, "CubaLI", neurons), {b_.last()});
      membrane = {b_.last()};
    } else {
      membrane = recurrent_membrane(id, neurons);
    }
    if (!s.fire) {
      if (membrane.size() > 1)
        b_.add({id, "Scale", {{"scale", b_.spread(b_.network().shapes()[b_.at()], 1.0)}}},
               membrane);
      return;
    }
    spikes(id, neurons, membrane);
  }

  /// m = 2 v + filter(W h + b), h the spikes of v a step earlier.
  std::vector<std::string> recurrent_membrane(const std::string& id, const NeuronLayer& neurons) {
    const SignalShape& shape = b_.network().shapes()[b_.at()];
    b_.add(filter(id + ".first", "CubaLI", neurons), {b_.last()});
    const std::string first = b_.last();
    b_.add({id + ".earlier", "Delay", {{"delay", b_.spread(shape, b_.dt())}}}, {first});
    spikes(id + ".hidden", neurons, {b_.last()});
    b_.add({id + ".recurrent",
            "Affine",
            {{"weight", array_of(neurons.recurrent->weight)},
             {"bias", array_of(neurons.recurrent->bias)}}},
           {b_.last()});
    b_.add(filter(id + ".second", "CubaLI", neurons), {b_.last()});
    const std::string second = b_.last();
    b_.add({id + ".twice", "Scale", {{"scale", b_.spread(shape, 2.0)}}}, {first});
    return {b_.last(), second};
  }

  void spikes(const std::string& name, const NeuronLayer& neurons,
              const std::vector<std::string>& membrane) {
    const SpikeRule rule = rule_of(neurons.settings());
    const SignalShape& shape = b_.network().shapes()[b_.at()];
    Tensor theta = neurons.threshold().detach().to(torch::kFloat64);
    if (rule.stochastic()) {
      b_.approximate("fires by chance, which NIR has no form for",
                     "written with the threshold at which half of the steps fire");
      // Gumbel-softmax fires with the probability 1 / (1 + exp(-2u)).
      const bool gumbel = rule.spike_function == SpikeFunction::gumbel;
      theta = gumbel ? torch::zeros_like(theta)
                     : on_membrane(torch::full_like(theta, 0.5), rule.squash);
      return b_.add({name, "Threshold", {{"threshold", b_.spread(theta)}}}, membrane);
    }
    if (rule.spike_function == SpikeFunction::delta) {
      if (rule.squash != Squash::identity) {
        b_.approximate(
            "compares the change of a squashed membrane, which NIR cannot say",
            "written as the change of the membrane, by the slope of the squashing at rest");
        if (rule.squash == Squash::sigmoid) theta = 4 * theta;  // sigmoid'(0) = 1/4
      }
      std::vector<std::string> from = membrane;
      b_.add({name + ".before", "Delay", {{"delay", b_.spread(shape, b_.dt())}}}, membrane);
      b_.add({name + ".minus", "Scale", {{"scale", b_.spread(shape, -1.0)}}}, {b_.last()});
      from.push_back(b_.last());
      return b_.add({name, "Threshold", {{"threshold", b_.spread(theta)}}}, from);
    }
    b_.add({name, "Threshold", {{"threshold", b_.spread(on_membrane(theta, rule.squash))}}},
           membrane);
  }

  /// A model written as one step, as its facts say.
  void stepped(const std::string& id, const StepModel& model) {
    const NirForm& form = model.facts.nir;
    if (form.threshold.empty()) b_.refuse(fmt::format("{} has no NIR node", model.facts.name));
    const bool fires = b_.network().layers()[b_.at()]->fires();
    if (fires && !form.lacks.empty()) {
      b_.approximate(fmt::format("{}, which NIR cannot say", form.lacks), "written without that");
    }
    std::map<std::string, Tensor, std::less<>> own;
    for (const auto& [key, values] : b_.network().layers()[b_.at()]->constants()) {
      own[std::string(key)] = values.detach().to(torch::kFloat64);
    }
    const auto lost = [&](std::string_view key) {  // 1 - decay
      const Tensor& tau = own.find(key)->second;
      return torch::where(tau > 0, -torch::expm1(-b_.dt() / tau), torch::ones_like(tau));
    };
    const SignalShape& shape = b_.network().shapes()[b_.at()];
    const bool leaks = !form.membrane.empty();
    const bool current = !form.current.empty();
    const std::string kind = leaks ? (current ? "CubaLI" : "LI") : "I";
    NirNode node{id, fires ? kind + "F" : kind};
    Tensor r = form.gain.empty() ? torch::ones({1}, torch::kFloat64) : own.find(form.gain)->second;
    if (leaks) {
      const Tensor lost_mem = lost(form.membrane);
      node.values[current ? "tau_mem" : "tau"] = b_.spread(b_.dt() / lost_mem);
      node.values["v_leak"] = b_.spread(shape, 0.0);
      if (!form.gain.empty()) r = r / lost_mem;
    }
    if (current) {
      const Tensor lost_syn = lost(form.current);
      node.values["tau_syn"] = b_.spread(b_.dt() / lost_syn);
      node.values["w_in"] = b_.spread(1.0 / lost_syn);
    }
    node.values["r"] = b_.spread(r);
    if (fires) {
      node.values["v_threshold"] = b_.spread(own.find(form.threshold)->second);
      node.values["v_reset"] = form.reset_to.empty() ? b_.spread(shape, 0.0)
                                                     : b_.spread(own.find(form.reset_to)->second);
    }
    b_.add(std::move(node), {b_.last()});
  }

  /// SpikingJelly's neurons.
  void others(const LayerDescription& layer) {
    const std::string model = b_.value<std::string>(layer, "model");
    if (model == "ReLU") b_.refuse("is no spiking neuron");
    if (const StepModel* step = step_model(model)) return stepped(layer.id, *step);
    const bool fires = b_.network().layers()[b_.at()]->fires();
    if (fires && b_.value<std::string>(layer, "reset") != "hard") {
      b_.approximate("resets softly, which NIR cannot say", "written with a reset to 0");
    }
    const auto tau =
        b_.network().layers()[b_.at()]->constants().at(0).values.item<double>();  // steps
    const SignalShape& shape = b_.network().shapes()[b_.at()];
    NirNode node{layer.id, fires ? "LIF" : "LI"};
    node.values["tau"] = b_.spread(shape, tau * b_.dt());
    node.values["r"] = b_.spread(shape, b_.value<bool>(layer, "decay_input") ? 1.0 : tau);
    node.values["v_leak"] = b_.spread(shape, 0.0);
    if (fires) {
      const auto at = layer.values.find("threshold");
      const double* given = at == layer.values.end() ? nullptr : std::get_if<double>(&at->second);
      // They fire at the threshold too; NIR's fire above it.
      const float below =
          std::nextafter(static_cast<float>(given == nullptr ? 1.0 : *given), -INFINITY);
      node.values["v_threshold"] = b_.spread(shape, static_cast<double>(below));
      node.values["v_reset"] = b_.spread(shape, 0.0);
    }
    b_.add(std::move(node), {b_.last()});
  }

  GraphBuilder& b_;
};

}  // namespace

void add_neurons(GraphBuilder& builder, const LayerDescription& layer) {
  NeuronWriter(builder).neurons(layer);
}

}  // namespace paralif::nir
