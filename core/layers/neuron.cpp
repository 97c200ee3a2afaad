// Neurons of any model, with and without recurrence.
#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"
#include "core/layers/neuron_kind_settings.h"
#include "core/neurons/multi_step_lif.h"
#include "core/neurons/neuron_layer.h"

namespace paralif {
namespace {

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

  [[nodiscard]] std::vector<LayerConstant> constants() const override {
    const NeuronSettings& s = neuron_->settings();
    const auto tau_of = [&](const torch::Tensor& decay) {
      return -s.time_step_s / torch::log(decay.detach());
    };
    std::vector<LayerConstant> all;
    if (!s.tau_mem_s.empty()) all.push_back({"tau_mem", tau_of(neuron_->beta())});
    if (!s.tau_syn_s.empty()) all.push_back({"tau_syn", tau_of(neuron_->alpha())});
    if (s.fire && rule_of(s).uses_threshold()) {
      all.push_back({"threshold", neuron_->threshold().detach()});
    }
    return all;
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

  [[nodiscard]] std::vector<LayerConstant> constants() const override {
    return {{"tau", 1.0 / neuron_->rate().detach()}};
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
                      .choices = neuron_kind_models()},
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

  [[nodiscard]] LayerCost cost_of(const NeuronKindSettings& s, const SignalShape& input,
                                  const SignalShape&) const override {
    LayerCost cost;
    if (s.is_multi_step()) cost.parameters = s.model == "PLIF" ? 1 : 0;
    if (!s.is_published()) return cost;
    const std::int64_t neurons = recurrent ? input.channels() : input.units();
    const std::int64_t taus = s.tau_per_neuron ? neurons : 1;
    if (s.learn_tau) cost.parameters += (s.tau_mem_s ? taus : 0) + (s.tau_syn_s ? taus : 0);
    if (s.learn_threshold) cost.parameters += 1;
    if (recurrent) {
      cost.parameters += neurons * neurons + neurons;
      cost.operations = input.units() * neurons;
    }
    return cost;
  }

  [[nodiscard]] std::shared_ptr<LayerModule> module(const NeuronKindSettings& s,
                                                    const LayerMaking& making) const override {
    if (s.is_relu()) return std::make_shared<ReluModule>();
    if (s.is_multi_step()) return std::make_shared<MultiStepModule>(multi_step_settings(s));
    const std::int64_t neurons = recurrent ? making.input.channels() : making.input.units();
    return std::make_shared<PublishedModule>(published_settings(s, neurons, recurrent), making.generator);
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
