#include "core/lab/lab_parameters.h"

#include <algorithm>
#include <array>

#include "core/kernels/cpu/step_models.h"

namespace paralif::lab {
namespace {

constexpr double largest = 1e9;  // of any parameter, so that membranes stay finite

struct Slider {
  double from, to;
  bool logarithmic = false;
};

using When = std::function<bool(const LabNeuron&)>;

template <typename Member>
LabParameter entry(ParameterFacts facts, Member member, Slider slider, When when) {
  facts.minimum = std::max(facts.minimum, facts.zero_word.empty() ? -largest : 0.0);
  facts.maximum = std::min(facts.maximum, largest);
  return {parameter<LabNeuron>(std::move(facts), member, std::move(when)), slider.from, slider.to,
          slider.logarithmic};
}

LabParameter biological(ParameterFacts facts, double Izhikevich::*member, Slider slider) {
  return entry(
      std::move(facts), [member](LabNeuron& n) -> double& { return n.biological.*member; }, slider,
      [](const LabNeuron& n) { return n.model == LabModel::izhikevich; });
}

const StepParameter* step_parameter(const LabNeuron& neuron, std::string_view key) {
  const StepModel* model = neuron.model == LabModel::stepped ? step_model(neuron.step_name) : nullptr;
  if (model == nullptr) return nullptr;
  const auto at = std::ranges::find(model->facts.parameters, key, &StepParameter::key);
  return at == model->facts.parameters.end() ? nullptr : &*at;
}

/// Of the published models where `published` says so, and of the step models that have the key.
When of(std::string_view step_key, bool (*published)(const LabNeuron&)) {
  return [step_key, published](const LabNeuron& n) {
    if (n.model == LabModel::izhikevich) return false;
    if (n.model == LabModel::stepped) return step_parameter(n, step_key) != nullptr;
    return published(n);
  };
}

std::vector<LabParameter> fixed_parameters() {
  const When always;
  return {
      entry({.key = "gain",
             .symbol = "g",
             .label = marked("Gain"),
             .explanation = marked("How strongly the stimulus drives the neuron")},
            &LabNeuron::gain, {0.01, 50.0, true}, always),
      entry({.key = "background",
             .symbol = "b₀",
             .label = marked("Background"),
             .explanation = marked("A constant input beside the stimulus")},
            &LabNeuron::background, {-20.0, 100.0}, always),
      entry({.key = "tau_mem_s",
             .symbol = "τ_mem",
             .label = marked("Membrane time constant"),
             .unit = symbol("s"),
             .explanation = marked("How long the membrane remembers its input"),
             .zero_word = marked("none"),
             .display_factor = 1e3,
             .display_unit = symbol("ms")},
            &LabNeuron::tau_mem_s, {0.1, 200.0, true},
            of("tau_mem", [](const LabNeuron&) { return true; })),
      entry({.key = "tau_syn_s",
             .symbol = "τ_syn",
             .label = marked("Synaptic time constant"),
             .unit = symbol("s"),
             .explanation = marked("How long one input spike keeps a current flowing"),
             .zero_word = marked("none"),
             .display_factor = 1e3,
             .display_unit = symbol("ms")},
            &LabNeuron::tau_syn_s, {0.1, 200.0, true},
            of("tau_syn", [](const LabNeuron& n) { return n.model != LabModel::plif; })),
      entry({.key = "threshold",
             .symbol = "θ",
             .label = marked("Threshold"),
             .explanation = marked("What must be exceeded for a spike")},
            &LabNeuron::threshold, {0.001, 5.0, true},
            of("threshold", [](const LabNeuron& n) { return n.uses_threshold(); })),
      entry({.key = "refractory_s",
             .symbol = "t_ref",
             .label = marked("Refractory time"),
             .unit = symbol("s"),
             .explanation = marked("After a spike the input is ignored for this long"),
             .zero_word = marked("none"),
             .display_factor = 1e3,
             .display_unit = symbol("ms")},
            &LabNeuron::refractory_s, {0.0, 20.0},
            [](const LabNeuron& n) { return n.has_refractory_time(); }),
      biological({.key = "a",
                  .symbol = "a",
                  .label = marked("Recovery rate a"),
                  .unit = symbol("1/ms"),
                  .explanation = marked("How fast the recovery u follows")},
                 &Izhikevich::a, {-0.1, 1.0}),
      biological({.key = "b",
                  .symbol = "b",
                  .label = marked("Recovery coupling b"),
                  .explanation = marked("How strongly u follows the membrane")},
                 &Izhikevich::b, {-1.5, 1.5}),
      biological({.key = "c",
                  .symbol = "c",
                  .label = marked("Reset c"),
                  .unit = symbol("mV"),
                  .explanation = marked("Where the membrane goes after a spike")},
                 &Izhikevich::c, {-80.0, -40.0}),
      biological({.key = "d",
                  .symbol = "d",
                  .label = marked("Recovery jump d"),
                  .explanation = marked("What a spike adds to u")},
                 &Izhikevich::d, {-25.0, 10.0}),
      biological({.key = "v0",
                  .symbol = "v₀",
                  .label = marked("Start v₀"),
                  .unit = symbol("mV"),
                  .explanation = marked("Membrane at the start")},
                 &Izhikevich::v0, {-80.0, -50.0}),
      biological({.key = "linear",
                  .symbol = "k₁",
                  .label = marked("Linear term"),
                  .unit = symbol("1/ms"),
                  .explanation = marked("Factor of v in v'")},
                 &Izhikevich::linear, {3.0, 6.0}),
      biological({.key = "constant",
                  .symbol = "k₀",
                  .label = marked("Constant term"),
                  .unit = symbol("mV/ms"),
                  .explanation = marked("Constant of v'")},
                 &Izhikevich::constant, {80.0, 160.0}),
      biological({.key = "longest_step_ms",
                  .symbol = "h",
                  .label = marked("Longest step"),
                  .unit = symbol("ms"),
                  .explanation = marked("Of the Euler integration"),
                  .minimum = 0.001},
                 &Izhikevich::longest_step_ms, {0.05, 1.0, true}),
  };
}

LabParameter of_step(const StepParameter& p) {
  const bool time = p.unit == symbol("s");
  const double factor = time ? 1e3 : 1.0;
  LabParameter made;
  made.key = p.key;
  made.symbol = p.symbol;
  made.label = p.label;
  made.unit = p.unit;
  made.explanation = p.explanation;
  made.minimum = p.minimum;
  made.maximum = p.maximum;
  made.type = ParameterType::real;
  if (p.coefficient == Coefficient::decay) made.zero_word = marked("none");
  made.display_factor = factor;
  if (time) made.display_unit = symbol("ms");
  made.slider_from = p.slider_from * factor;
  made.slider_to = p.slider_to * factor;
  made.logarithmic = p.logarithmic;
  made.get = [&p](const LabNeuron& n) -> ParameterValue { return step_value(n, p); };
  made.set = [key = p.key](LabNeuron& n, const ParameterValue& value) {
    n.own.insert_or_assign(std::string(key), std::get<double>(value));
  };
  made.when = [key = p.key](const LabNeuron& n) { return step_parameter(n, key) != nullptr; };
  return made;
}

const std::vector<LabParameter>& parameters() {
  static const std::vector<LabParameter> all = [] {
    std::vector<LabParameter> list = fixed_parameters();
    for (const StepModel& model : step_models()) {
      for (const StepParameter& p : model.facts.parameters) {
        const bool known = member_of(p.key) != nullptr ||
                           std::ranges::find(list, p.key, &LabParameter::key) != list.end();
        if (!known) list.push_back(of_step(p));
      }
    }
    return list;
  }();
  return all;
}

}  // namespace

double LabParameter::stored(const LabNeuron& neuron) const {
  return std::get<double>(get(neuron));
}

std::span<const LabParameter> lab_parameters() {
  return parameters();
}

const LabParameter* find_lab_parameter(std::string_view key) {
  const auto found = std::ranges::find(parameters(), key, &LabParameter::key);
  return found == parameters().end() ? nullptr : &*found;
}

}  // namespace paralif::lab
