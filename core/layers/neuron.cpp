// Neurons of any model, with and without recurrence.
#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"
#include "core/neurons/multi_step_lif.h"
#include "core/neurons/neuron_layer.h"

namespace paralif {
namespace {

struct NeuronKindSettings {
  std::string model = "ParaLIF-T";
  std::optional<double> threshold;
  bool learn_threshold = false;
  std::optional<double> tau_mem_s = 2e-2;
  std::optional<double> tau_syn_s = 2e-2;
  bool learn_tau = false;
  bool tau_per_neuron = false;
  std::string tau_init = "logit";
  double time_step_s = 1e-3;
  double refractory_s = 0.0;
  double tau_steps = 2.0;
  bool decay_input = true;
  std::string reset = "hard";
  bool detach_reset = false;
  bool fire = true;
  bool feed_spikes = true;
  std::string surrogate = "atan";
  std::optional<double> surrogate_scale;

  [[nodiscard]] bool is_multi_step() const { return model == "SJ-LIF" || model == "PLIF"; }
  [[nodiscard]] bool is_relu() const { return model == "ReLU"; }
  [[nodiscard]] bool is_lif() const { return model == "LIF"; }
  [[nodiscard]] bool is_published() const { return !is_multi_step() && !is_relu(); }
};

std::vector<std::string> models() {
  std::vector<std::string> names{"LIF"};
  for (const SpikeMode mode : spike_modes())
    names.push_back(fmt::format("ParaLIF-{}", to_string(mode)));
  for (const char* name : {"SJ-LIF", "PLIF", "ReLU"}) names.emplace_back(name);
  return names;
}

/// (B, T, C, space...) as (B, T, units) where neurons do not see each other.
class SpikingModule : public LayerModule {
 public:
  explicit SpikingModule(bool fires) : fires_(fires) {}

  [[nodiscard]] bool has_neurons() const override { return true; }
  [[nodiscard]] bool fires() const override { return fires_; }

 protected:
  static torch::Tensor back(const torch::Tensor& flat, const torch::Tensor& x) {
    return flat.defined() ? flat.reshape(x.sizes()) : flat;
  }
  static torch::Tensor remember(const NeuronOutput& out, const torch::Tensor& x, LayerPass& pass) {
    pass.trace.output = back(out.output, x);
    if (pass.want_membranes) {
      pass.trace.membrane = back(out.membrane, x);
      pass.trace.input = x.detach();
    }
    return pass.trace.output;
  }

 private:
  bool fires_;
};

/// LIF and ParaLIF as published. With recurrence every channel feeds all channels of its place.
class PublishedModule final : public SpikingModule {
 public:
  PublishedModule(const NeuronSettings& s, torch::Generator generator)
      : SpikingModule(s.fire),
        neuron_(register_module("neuron",
                                std::make_shared<NeuronLayer>(s, std::move(generator)))) {}

  [[nodiscard]] const NeuronLayer* neurons() const override { return neuron_.get(); }

  torch::Tensor forward(const torch::Tensor& x, LayerPass& pass) override {
    if (!neuron_->settings().recurrent || x.dim() == 3) {
      const NeuronOutput out = neuron_->forward(x.flatten(2), pass.noise_key, pass.want_membranes);
      pass.trace.feedback = back(out.feedback, x);
      return remember(out, x, pass);
    }
    // (B, T, C, P) to (B P, T, C)
    const torch::Tensor places = x.flatten(3).permute({0, 3, 1, 2});
    const torch::Tensor rows = places.reshape({-1, x.size(1), x.size(2)});
    const NeuronOutput out = neuron_->forward(rows, pass.noise_key, pass.want_membranes);
    const auto restored = [&](const torch::Tensor& y) {
      return y.defined() ? y.reshape(places.sizes()).permute({0, 2, 3, 1}).reshape(x.sizes()) : y;
    };
    pass.trace.output = restored(out.output);
    pass.trace.feedback = restored(out.feedback);
    if (pass.want_membranes) {
      pass.trace.membrane = restored(out.membrane);
      pass.trace.input = x.detach();
    }
    return pass.trace.output;
  }

  void set_evaluation(Evaluation evaluation) override {
    // The reset makes LIF nonlinear: it has no FFT form.
    const bool fft = evaluation == Evaluation::fft && neuron_->settings().model == NeuronModel::lif;
    neuron_->set_evaluation(fft ? Evaluation::sequential : evaluation);
  }
  void set_agreement(Agreement agreement) override { neuron_->set_agreement(agreement); }

 private:
  std::shared_ptr<NeuronLayer> neuron_;
};

class MultiStepModule final : public SpikingModule {
 public:
  explicit MultiStepModule(const MultiStepLifSettings& s)
      : SpikingModule(s.fire), neuron_(register_module("neuron", std::make_shared<MultiStepLif>(s))) {}

  torch::Tensor forward(const torch::Tensor& x, LayerPass& pass) override {
    const torch::Tensor flat = x.flatten(2);
    return remember(
        by_steps_ ? neuron_->forward_by_steps(flat) : neuron_->forward(flat, pass.want_membranes),
        x, pass);
  }

  void set_evaluation(Evaluation evaluation) override {
    by_steps_ = evaluation == Evaluation::sequential;
  }

 private:
  std::shared_ptr<MultiStepLif> neuron_;
  bool by_steps_ = false;
};

class ReluModule final : public LayerModule {
 public:
  [[nodiscard]] bool has_neurons() const override { return true; }
  [[nodiscard]] bool fires() const override { return true; }

  torch::Tensor forward(const torch::Tensor& x, LayerPass& pass) override {
    pass.trace.output = torch::relu(x);
    if (pass.want_membranes) pass.trace.membrane = x.detach();
    return pass.trace.output;
  }
};

/// One value, or as many; none without one.
std::vector<double> list_of(const std::optional<double>& value, std::int64_t count) {
  if (!value) return {};
  return std::vector<double>(static_cast<std::size_t>(count), *value);
}

NeuronSettings published(const NeuronKindSettings& s, std::int64_t neurons, bool recurrent) {
  NeuronSettings n;
  n.neurons = neurons;
  n.recurrent = recurrent;
  n.recurrent_fire = s.feed_spikes;
  n.fire = s.fire;
  if (s.model == "LIF") {
    n.model = NeuronModel::lif;
  } else {
    n.mode = *spike_mode(std::string_view(s.model).substr(std::string_view("ParaLIF-").size()));
  }
  const bool delta = rule_of(n.mode).generator == Generator::delta && n.model != NeuronModel::lif;
  n.threshold = {s.threshold.value_or(delta ? 0.1 : 1.0)};
  n.learn_threshold = s.learn_threshold;
  const std::int64_t taus = s.learn_tau && s.tau_per_neuron ? neurons : 1;
  n.tau_mem_s = list_of(s.tau_mem_s, taus);
  n.tau_syn_s = list_of(s.tau_syn_s, taus);
  n.learn_tau = s.learn_tau;
  n.decay_init = s.tau_init == "reference" ? DecayInit::reference : DecayInit::logit;
  n.time_step_s = s.time_step_s;
  n.refractory_s = s.is_lif() ? s.refractory_s : 0.0;
  n.surrogate = s.surrogate == "atan" ? Surrogate::atan : Surrogate::fastsig;
  n.surrogate_scale = s.surrogate_scale;
  return n;
}

MultiStepLifSettings multi_step(const NeuronKindSettings& s) {
  MultiStepLifSettings m;
  m.tau_steps = s.tau_steps;
  m.learn_tau = s.model == "PLIF";
  m.decay_input = s.decay_input;
  m.fire = s.fire;
  m.threshold = s.threshold.value_or(1.0);
  m.reset = s.reset == "soft" ? ResetRule::soft : ResetRule::hard;
  m.detach_reset = s.detach_reset;
  m.surrogate = s.surrogate == "atan" ? Surrogate::atan : Surrogate::fastsig;
  m.surrogate_scale = s.surrogate_scale.value_or(m.surrogate == Surrogate::atan ? 2.0 : 100.0);
  return m;
}

template <bool recurrent>
class NeuronKind final : public LayerKindOf<NeuronKindSettings> {
 public:
  [[nodiscard]] std::string_view name() const override {
    return recurrent ? "recurrent_neuron" : "neuron";
  }
  [[nodiscard]] std::string_view title() const override {
    return recurrent ? "Recurrent neurons" : "Neurons";
  }
  [[nodiscard]] std::string_view explanation() const override {
    return recurrent
               ? "Neurons whose output one step earlier comes back to all of them through "
                 "learned weights; in convolutional layers within each place, across channels."
               : "Turns every unit's input over time into spikes.";
  }

  [[nodiscard]] std::vector<Parameter<NeuronKindSettings>> table() const override {
    using S = NeuronKindSettings;
    const auto only = [](Parameter<S> p, bool (*when)(const S&)) {
      p.applies = when;
      return p;
    };
    constexpr auto published_only = [](const S& s) { return s.is_published(); };
    constexpr auto multi_step_only = [](const S& s) { return s.is_multi_step(); };
    constexpr auto spiking = [](const S& s) { return !s.is_relu(); };
    std::vector<Parameter<S>> table{
        parameter<S>({.key = "model",
                      .label = "Model",
                      .explanation = "LIF and ParaLIF as in the ParaLIF paper; SJ-LIF and PLIF "
                                     "(learned time constant) as SpikingJelly has them; ReLU has "
                                     "neither time nor spikes.",
                      .choices = models()},
                     &S::model),
        only(parameter<S>({.key = "threshold",
                           .label = "Threshold",
                           .explanation = "Membrane at which a neuron fires; for the D modes its "
                                          "change in one step.",
                           .absent = "the model's own"},
                          &S::threshold),
             spiking),
        only(parameter<S>({.key = "learn_threshold",
                           .label = "Learn the threshold",
                           .explanation = "One threshold a layer, learned as relu(parameter)."},
                          &S::learn_threshold),
             published_only),
        only(parameter<S>({.key = "tau_mem",
                           .label = "Membrane time constant",
                           .unit = "s",
                           .explanation = "Decay of the membrane; none: no memory.",
                           .minimum = 0,
                           .maximum = 1000,
                           .absent = "none"},
                          &S::tau_mem_s),
             published_only),
        only(parameter<S>({.key = "tau_syn",
                           .label = "Synaptic time constant",
                           .unit = "s",
                           .explanation = "Decay of the synaptic current; none: no filter.",
                           .minimum = 0,
                           .maximum = 1000,
                           .absent = "none"},
                          &S::tau_syn_s),
             published_only),
        only(parameter<S>({.key = "learn_tau",
                           .label = "Learn the time constants",
                           .explanation = "Train the time constants with the weights."},
                          &S::learn_tau),
             published_only),
        only(parameter<S>({.key = "tau_per_neuron",
                           .label = "One per neuron",
                           .explanation = "Learn a time constant for every neuron, not one for "
                                          "the layer.",
                           .advanced = true},
                          &S::tau_per_neuron),
             [](const S& s) { return s.is_published() && s.learn_tau; }),
        only(parameter<S>({.key = "tau_init",
                           .label = "Start of learned decays",
                           .explanation = "logit: at the true decay; reference: as published.",
                           .choices = {"logit", "reference"},
                           .advanced = true},
                          &S::tau_init),
             published_only),
        only(parameter<S>({.key = "time_step",
                           .label = "Time step",
                           .unit = "s",
                           .explanation = "Time that one step stands for.",
                           .minimum = 0,
                           .maximum = 1000,
                           .minimum_excluded = true,
                           .advanced = true},
                          &S::time_step_s),
             published_only),
        only(parameter<S>({.key = "refractory",
                           .label = "Refractory period",
                           .unit = "s",
                           .explanation = "After a spike the neuron ignores its input this long.",
                           .minimum = 0,
                           .maximum = 10,
                           .advanced = true},
                          &S::refractory_s),
             [](const S& s) { return s.is_lif(); }),
        parameter<S>({.key = "fire",
                      .label = "Fires",
                      .explanation = "Off: a read-out that gives its membrane."},
                     &S::fire),
        only(parameter<S>({.key = "surrogate",
                           .label = "Surrogate",
                           .explanation = "Smooth stand-in for the slope of a spike.",
                           .choices = {"fastsig", "atan"},
                           .advanced = true},
                          &S::surrogate),
             spiking),
        only(parameter<S>({.key = "surrogate_scale",
                           .label = "Surrogate scale",
                           .explanation = "Steepness of the surrogate.",
                           .minimum = 0,
                           .minimum_excluded = true,
                           .absent = "100 (fastsig), 2 (atan)",
                           .advanced = true},
                          &S::surrogate_scale),
             spiking)};
    if constexpr (recurrent) {
      table.push_back(parameter<S>({.key = "feed_spikes",
                                    .label = "Feed spikes back",
                                    .explanation = "Off: relu(membrane) is fed back."},
                                   &S::feed_spikes));
    } else {
      table.push_back(
          only(parameter<S>({.key = "tau",
                             .label = "Time constant",
                             .unit = "steps",
                             .explanation = "Of the membrane; for PLIF where learning starts.",
                             .minimum = 1,
                             .maximum = 1e6,
                             .minimum_excluded = true},
                            &S::tau_steps),
               multi_step_only));
      table.push_back(only(
          parameter<S>({.key = "decay_input",
                        .label = "Decay the input",
                        .explanation = "Whether the input is divided by the time constant too."},
                       &S::decay_input),
          multi_step_only));
      table.push_back(
          only(parameter<S>({.key = "reset",
                             .label = "Reset",
                             .explanation = "hard: to 0; soft: the threshold is subtracted.",
                             .choices = {"hard", "soft"}},
                            &S::reset),
               multi_step_only));
      table.push_back(
          only(parameter<S>({.key = "detach_reset",
                             .label = "Detach the reset",
                             .explanation = "The reset passes no gradient to the spike.",
                             .advanced = true},
                            &S::detach_reset),
               multi_step_only));
    }
    return table;
  }

  void check_settings(const LayerDescription& layer, const NeuronKindSettings& s) const override {
    if (recurrent && !s.is_published()) {
      refuse_value(layer, "model",
                   fmt::format("{} has no recurrent form; choose LIF or ParaLIF", s.model));
    }
  }

  [[nodiscard]] SignalShape shape(const LayerDescription& layer, const NeuronKindSettings&,
                                  const ShapeInference& from) const override {
    if (from.input.features.empty()) refuse_layer(layer, "expects units, gets nothing");
    return from.input;
  }

  [[nodiscard]] std::shared_ptr<LayerModule> module(const NeuronKindSettings& s,
                                                    const LayerMaking& making) const override {
    if (s.is_relu()) return std::make_shared<ReluModule>();
    if (s.is_multi_step()) return std::make_shared<MultiStepModule>(multi_step(s));
    const std::int64_t neurons = recurrent ? making.input.channels() : making.input.units();
    return std::make_shared<PublishedModule>(published(s, neurons, recurrent), making.generator);
  }
};

}  // namespace

const LayerKind& neuron_kind() {
  static const NeuronKind<false> kind;
  return kind;
}
const LayerKind& recurrent_neuron_kind() {
  static const NeuronKind<true> kind;
  return kind;
}

}  // namespace paralif
