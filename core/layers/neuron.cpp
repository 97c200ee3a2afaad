// Neurons of any model, with and without recurrence.
#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"
#include "core/layers/neuron_kind_settings.h"
#include "core/layers/neuron_modules.h"

namespace paralif {
namespace {

std::vector<ChoiceMeaning> model_meanings() {
  std::vector<ChoiceMeaning> meanings;
  for (const StepModel& model : step_models()) {
    meanings.push_back({std::string(model.facts.name), model.facts.explanation});
  }
  return meanings;
}

/// What the models written as one step have beside the table's own keys.
void add_step_parameters(std::vector<Parameter<NeuronKindSettings>>& table) {
  using S = NeuronKindSettings;
  for (const StepModel& model : step_models()) {
    for (const StepParameter& p : model.facts.parameters) {
      if (std::ranges::any_of(table, [&](const auto& known) { return known.key == p.key; })) continue;
      Parameter<S> entry;
      entry.key = p.key;
      entry.label = p.label;
      entry.unit = p.unit;
      entry.explanation = p.explanation;
      entry.minimum = p.minimum;
      entry.maximum = p.maximum;
      entry.absent = marked("model's own");
      entry.type = ParameterType::real;
      entry.get = [key = p.key](const S& s) -> ParameterValue {
        const auto at = s.own.find(key);
        if (at == s.own.end()) return std::monostate{};
        return at->second;
      };
      entry.set = [key = p.key](S& s, const ParameterValue& value) {
        s.own.erase(std::string(key));
        if (const auto* number = std::get_if<double>(&value)) s.own.emplace(key, *number);
      };
      entry.when = [key = p.key](const S& s) { return s.has_step_parameter(key); };
      table.push_back(std::move(entry));
    }
  }
}

template <bool recurrent>
class NeuronKind final : public LayerKindOf<NeuronKindSettings> {
 public:
  [[nodiscard]] std::string_view name() const override {
    return recurrent ? "recurrent_neuron" : "neuron";
  }
  [[nodiscard]] Text title() const override {
    return recurrent ? marked("Recurrent neurons") : marked("Neurons");
  }
  [[nodiscard]] Text explanation() const override {
    return recurrent
               ? marked(
                     "Neurons whose output one step earlier comes back to all of them through "
                     "learned weights; in convolutional layers within each place, across channels.")
               : marked("Turns every unit's input over time into spikes.");
  }

  [[nodiscard]] std::vector<Parameter<NeuronKindSettings>> table() const override {
    using S = NeuronKindSettings;
    const auto only = [](Parameter<S> p, bool (*when)(const S&)) {
      p.when = when;
      return p;
    };
    constexpr auto filtered = [](const S& s) {
      return s.is_published() || s.has_step_parameter("tau_syn");
    };
    constexpr auto decaying = [](const S& s) {
      return s.is_published() || s.has_step_parameter("tau_mem");
    };
    constexpr auto timed = [](const S& s) { return s.is_published() || s.is_step(); };
    constexpr auto published_only = [](const S& s) { return s.is_published(); };
    constexpr auto multi_step_only = [](const S& s) { return s.is_multi_step(); };
    constexpr auto spiking = [](const S& s) { return !s.is_relu(); };
    std::vector<Parameter<S>> table{
        parameter<S>(
            {.key = "model",
             .label = marked("Model"),
             .explanation = marked("LIF and ParaLIF as in the ParaLIF paper; SJ-LIF and PLIF "
                                   "(learned time constant) as SpikingJelly has them; "
                                   "ReLU has neither time nor spikes."),
             .choices = neuron_kind_models(),
             .meanings = model_meanings()},
            &S::model),
        only(parameter<S>(
                 {.key = "threshold",
                  .label = marked("Threshold"),
                  .explanation = marked("Membrane at which a neuron fires; for the D modes its "
                                        "change in one step."),
                  .absent = marked("model's own")},
                 &S::threshold),
             spiking),
        only(parameter<S>({.key = "learn_threshold",
                           .label = marked("Learn the threshold"),
                           .explanation = marked(
                               "Learn it as relu(parameter), with every other strength of the "
                               "model that is no time.")},
                          &S::learn_threshold),
             timed),
        only(parameter<S>({.key = "tau_mem",
                           .label = marked("Membrane time constant"),
                           .unit = symbol("s"),
                           .explanation = marked("Decay of the membrane; none: no memory."),
                           .minimum = 0,
                           .maximum = 1000,
                           .absent = marked("none")},
                          &S::tau_mem_s),
             decaying),
        only(parameter<S>({.key = "tau_syn",
                           .label = marked("Synaptic time constant"),
                           .unit = symbol("s"),
                           .explanation = marked("Decay of the synaptic current; none: no filter."),
                           .minimum = 0,
                           .maximum = 1000,
                           .absent = marked("none")},
                          &S::tau_syn_s),
             filtered),
        only(parameter<S>({.key = "learn_tau",
                           .label = marked("Learn the time constants"),
                           .explanation = marked("Train the time constants with the weights.")},
                          &S::learn_tau),
             timed),
        only(parameter<S>(
                 {.key = "share",
                  .label = marked("Learned values"),
                  .explanation = marked("One for the whole layer, for each channel, or for each "
                                        "neuron; of the threshold and the time constants that "
                                        "are learned."),
                  .choices = {"layer", "channel", "neuron"},
                  .advanced = true},
                 &S::share),
             [](const S& s) {
               return !s.is_multi_step() && !s.is_relu() && (s.learn_tau || s.learn_threshold);
             }),
        only(parameter<S>(
                 {.key = "tau_per_neuron",
                  .label = marked("One per neuron"),
                  .explanation = marked("Learn a time constant for every neuron, not one for "
                                        "the layer."),
                  .advanced = true},
                 &S::tau_per_neuron),
             [](const S& s) { return s.is_published() && s.learn_tau; }),
        only(parameter<S>(
                 {.key = "tau_init",
                  .label = marked("Start of learned decays"),
                  .explanation = marked("logit: at the true decay; reference: as published."),
                  .choices = {"logit", "reference"},
                  .advanced = true},
                 &S::tau_init),
             published_only),
        only(parameter<S>({.key = "time_step",
                           .label = marked("Time step"),
                           .unit = symbol("s"),
                           .explanation = marked("Time that one step stands for."),
                           .minimum = 0,
                           .maximum = 1000,
                           .minimum_excluded = true,
                           .advanced = true},
                          &S::time_step_s),
             timed),
        only(parameter<S>(
                 {.key = "refractory",
                  .label = marked("Refractory period"),
                  .unit = symbol("s"),
                  .explanation = marked("After a spike the neuron ignores its input this long."),
                  .minimum = 0,
                  .maximum = 10,
                  .advanced = true},
                 &S::refractory_s),
             [](const S& s) { return s.is_lif(); }),
        parameter<S>({.key = "fire",
                      .label = marked("Fires"),
                      .explanation = marked("Off: a read-out that gives its membrane.")},
                     &S::fire),
        only(parameter<S>({.key = "surrogate",
                           .label = marked("Surrogate"),
                           .explanation = marked("Smooth stand-in for the slope of a spike."),
                           .choices = {"fastsig", "atan"},
                           .advanced = true},
                          &S::surrogate),
             spiking),
        only(parameter<S>({.key = "surrogate_scale",
                           .label = marked("Surrogate scale"),
                           .explanation = marked(
                               "Steepness of the surrogate. Usual: 100 for fastsig, 2 for atan."),
                           .minimum = 0,
                           .minimum_excluded = true,
                           .absent = marked("usual"),
                           .advanced = true},
                          &S::surrogate_scale),
             spiking)};
    add_step_parameters(table);
    if constexpr (recurrent) {
      table.push_back(parameter<S>({.key = "feed_spikes",
                                    .label = marked("Feed spikes back"),
                                    .explanation = marked("Off: relu(membrane) is fed back.")},
                                   &S::feed_spikes));
    } else {
      table.push_back(only(
          parameter<S>({.key = "tau",
                        .label = marked("Time constant"),
                        .unit = marked("steps"),
                        .explanation = marked("Of the membrane; for PLIF where learning starts."),
                        .minimum = 1,
                        .maximum = 1e6,
                        .minimum_excluded = true},
                       &S::tau_steps),
          multi_step_only));
      table.push_back(only(
          parameter<S>(
              {.key = "decay_input",
               .label = marked("Decay the input"),
               .explanation = marked("Whether the input is divided by the time constant too.")},
              &S::decay_input),
          multi_step_only));
      table.push_back(only(
          parameter<S>({.key = "reset",
                        .label = marked("Reset"),
                        .explanation = marked("hard: to 0; soft: the threshold is subtracted."),
                        .choices = {"hard", "soft"}},
                       &S::reset),
          multi_step_only));
      table.push_back(
          only(parameter<S>({.key = "detach_reset",
                             .label = marked("Detach the reset"),
                             .explanation = marked("The reset passes no gradient to the spike."),
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
    if (s.is_multi_step()) cost.parameters = multi_step_settings(s).learn_tau ? 1 : 0;
    if (s.is_step()) {
      cost.parameters = step_settings(s, input.units(), input.channels()).learned();
    }
    if (!s.is_published()) return cost;
    const std::int64_t neurons = recurrent ? input.channels() : input.units();
    const std::int64_t channels = recurrent ? neurons : input.channels();
    const std::int64_t taus = s.tau_per_neuron ? neurons : s.shares(channels, neurons);
    if (s.learn_tau) cost.parameters += (s.tau_mem_s ? taus : 0) + (s.tau_syn_s ? taus : 0);
    if (s.learn_threshold) cost.parameters += s.shares(channels, neurons);
    if (recurrent) {
      cost.parameters += neurons * neurons + neurons;
      cost.operations = input.units() * neurons;
    }
    return cost;
  }

  [[nodiscard]] std::shared_ptr<LayerModule> module(const NeuronKindSettings& s,
                                                    const LayerMaking& making) const override {
    return neuron_module(s, making, recurrent);
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
