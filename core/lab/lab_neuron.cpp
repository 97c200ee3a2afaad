// Names, parameter table and checks of the lab's neurons.
#include "core/lab/lab_neuron.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/kernels/cpu/neuron_models.h"
#include "core/kernels/cpu/step_models.h"
#include "datasets/error.h"

namespace paralif::lab {
namespace {

constexpr double largest = 1e9;    // of any parameter, so that membranes stay finite
constexpr double rounding = 1e-6;  // of a time in steps: 0.3 ms are three steps of 0.1 ms
constexpr double most_steps = 1e9;
constexpr std::string_view paralif_prefix = "ParaLIF-";

constexpr std::array fixed_parameters{
    LabParameter{"gain", "g", "Gain", "", "How strongly the stimulus drives the neuron", 1.0, 0.01,
                 50.0, true, false, &LabNeuron::gain, nullptr},
    LabParameter{"background", "b₀", "Background", "", "A constant input beside the stimulus", 1.0,
                 -20.0, 100.0, false, false, &LabNeuron::background, nullptr},
    LabParameter{"tau_mem_s", "τ_mem", "Membrane time constant", "ms",
                 "How long the membrane remembers its input", 1e3, 0.1, 200.0, true, true,
                 &LabNeuron::tau_mem_s, nullptr},
    LabParameter{"tau_syn_s", "τ_syn", "Synaptic time constant", "ms",
                 "How long one input spike keeps a current flowing", 1e3, 0.1, 200.0, true, true,
                 &LabNeuron::tau_syn_s, nullptr},
    LabParameter{"threshold", "θ", "Threshold", "", "What must be exceeded for a spike", 1.0, 0.001,
                 5.0, true, false, &LabNeuron::threshold, nullptr},
    LabParameter{"refractory_s", "t_ref", "Refractory time", "ms",
                 "After a spike the input is ignored for this long", 1e3, 0.0, 20.0, false, true,
                 &LabNeuron::refractory_s, nullptr},
    LabParameter{"a", "a", "Recovery rate a", "1/ms", "How fast the recovery u follows", 1.0, -0.1,
                 1.0, false, false, nullptr, &Izhikevich::a},
    LabParameter{"b", "b", "Recovery coupling b", "", "How strongly u follows the membrane", 1.0,
                 -1.5, 1.5, false, false, nullptr, &Izhikevich::b},
    LabParameter{"c", "c", "Reset c", "mV", "Where the membrane goes after a spike", 1.0, -80.0,
                 -40.0, false, false, nullptr, &Izhikevich::c},
    LabParameter{"d", "d", "Recovery jump d", "", "What a spike adds to u", 1.0, -25.0, 10.0, false,
                 false, nullptr, &Izhikevich::d},
    LabParameter{"v0", "v₀", "Start v₀", "mV", "Membrane at the start", 1.0, -80.0, -50.0, false,
                 false, nullptr, &Izhikevich::v0},
    LabParameter{"linear", "k₁", "Linear term", "1/ms", "Factor of v in v'", 1.0, 3.0, 6.0, false,
                 false, nullptr, &Izhikevich::linear},
    LabParameter{"constant", "k₀", "Constant term", "mV/ms", "Constant of v'", 1.0, 80.0, 160.0,
                 false, false, nullptr, &Izhikevich::constant},
    LabParameter{"longest_step_ms", "h", "Longest step", "ms", "Of the Euler integration", 1.0,
                 0.05, 1.0, true, false, nullptr, &Izhikevich::longest_step_ms},
};

[[noreturn]] void reject(std::string_view key, const std::string& problem) {
  throw Error(Error::Kind::setting, std::string(key), problem);
}

/// The models' members that stand for a key of theirs; null for one of LabNeuron::own.
double LabNeuron::*member_of(std::string_view key) {
  if (key == "tau_mem") return &LabNeuron::tau_mem_s;
  if (key == "tau_syn") return &LabNeuron::tau_syn_s;
  if (key == "threshold") return &LabNeuron::threshold;
  return nullptr;
}

LabParameter slider_of(const StepParameter& p) {
  const bool time = p.unit == "s";
  const double factor = time ? 1e3 : 1.0;
  return {p.key, p.symbol, p.label, time ? "ms" : p.unit, p.explanation, factor,
          p.slider_from * factor, p.slider_to * factor, p.logarithmic,
          p.coefficient == Coefficient::decay, nullptr, nullptr};
}

/// Those of the table, then what models written as one step have beside them.
const std::vector<LabParameter>& parameters() {
  static const std::vector<LabParameter> all = [] {
    std::vector<LabParameter> list(fixed_parameters.begin(), fixed_parameters.end());
    for (const StepModel& model : step_models()) {
      for (const StepParameter& p : model.facts.parameters) {
        const bool known = member_of(p.key) != nullptr ||
                           std::ranges::find(list, p.key, &LabParameter::key) != list.end();
        if (!known) list.push_back(slider_of(p));
      }
    }
    return list;
  }();
  return all;
}

const StepParameter* step_parameter(const LabNeuron& neuron, std::string_view key) {
  const StepModel* model = neuron.model == LabModel::stepped ? step_model(neuron.step_name) : nullptr;
  if (model == nullptr) return nullptr;
  const auto at = std::ranges::find(model->facts.parameters, key, &StepParameter::key);
  return at == model->facts.parameters.end() ? nullptr : &*at;
}

}  // namespace

bool LabNeuron::stochastic() const {
  return model == LabModel::paralif && paralif::rule_of(mode).stochastic();
}

bool LabNeuron::uses_threshold() const {
  return model != LabModel::izhikevich && !stochastic();
}

std::string_view to_string(RefractoryRule rule) {
  return rule == RefractoryRule::exact ? "exact" : "reference";
}

std::optional<RefractoryRule> refractory_rule_named(std::string_view name) {
  for (const RefractoryRule rule : {RefractoryRule::reference, RefractoryRule::exact}) {
    if (name == to_string(rule)) return rule;
  }
  return std::nullopt;
}

int ignored_steps(const LabNeuron& neuron, double time_step_s) {
  if (!neuron.has_refractory_time() || neuron.refractory_s <= 0.0) return 0;
  const double steps =
      std::clamp(std::ceil(neuron.refractory_s / time_step_s - rounding), 0.0, most_steps);
  const bool exact = neuron.refractory_rule == RefractoryRule::exact;
  return static_cast<int>(exact ? steps : std::max(0.0, steps - 1.0));
}

std::string name_of(const LabNeuron& neuron) {
  switch (neuron.model) {
    case LabModel::lif:
      return "LIF";
    case LabModel::plif:
      return "PLIF";
    case LabModel::izhikevich:
      return "Izhikevich";
    case LabModel::stepped:
      return neuron.step_name;
    case LabModel::paralif:
      break;
  }
  return std::string(paralif_prefix) + std::string(to_string(neuron.mode));
}

std::optional<LabNeuron> neuron_named(std::string_view name) {
  const NeuronModelEntry* entry = find_neuron_model(name);
  if (entry == nullptr || !entry->in_lab) return std::nullopt;
  LabNeuron neuron;
  if (entry->is(NeuronFamily::lif)) {
    neuron.refractory_rule = RefractoryRule::exact;
    return neuron;
  }
  if (entry->is(NeuronFamily::multi_step)) {
    neuron.model = LabModel::plif;
    return neuron;
  }
  if (entry->is(NeuronFamily::izhikevich)) {
    neuron.model = LabModel::izhikevich;
    return neuron;
  }
  if (const StepModel* model = step_model(name)) {
    neuron.model = LabModel::stepped;
    neuron.step_name = name;
    for (const StepParameter& p : model->facts.parameters) {
      if (double LabNeuron::*member = member_of(p.key)) neuron.*member = p.standard;
      else neuron.own.emplace(p.key, p.standard);
    }
    return neuron;
  }
  neuron.model = LabModel::paralif;
  neuron.mode = entry->mode;
  const SpikeRule rule = paralif::rule_of(entry->mode);
  if (rule.generator == Generator::delta) {
    neuron.threshold = 0.1;
  } else if (rule.squash != Squash::identity) {
    neuron.threshold = 0.75;
  }
  return neuron;
}

std::string short_name(std::string_view model) {
  const NeuronModelEntry* entry = find_neuron_model(model);
  return entry == nullptr ? std::string(model) : entry->short_name();
}

const std::vector<std::string>& model_names() {
  static const std::vector<std::string> names = neuron_model_names(&NeuronModelEntry::in_features);
  return names;
}

const std::vector<std::string>& lab_names() {
  static const std::vector<std::string> names = neuron_model_names(&NeuronModelEntry::in_lab);
  return names;
}

double step_value(const LabNeuron& neuron, const StepParameter& parameter) {
  if (double LabNeuron::*const member = member_of(parameter.key)) return neuron.*member;
  const auto own = neuron.own.find(parameter.key);
  return own == neuron.own.end() ? parameter.standard : own->second;
}

std::string_view step_equations(const LabNeuron& neuron) {
  const StepModel* model = neuron.model == LabModel::stepped ? step_model(neuron.step_name) : nullptr;
  return model == nullptr ? std::string_view{} : model->facts.equations;
}

double LabParameter::stored(const LabNeuron& neuron) const {
  if (member != nullptr) return neuron.*member;
  if (biological != nullptr) return neuron.biological.*biological;
  const auto at = neuron.own.find(key);
  return at == neuron.own.end() ? 0.0 : at->second;
}

void LabParameter::store(LabNeuron& neuron, double value) const {
  if (member != nullptr) {
    neuron.*member = value;
  } else if (biological != nullptr) {
    neuron.biological.*biological = value;
  } else {
    neuron.own.insert_or_assign(std::string(key), value);
  }
}

bool LabParameter::applies(const LabNeuron& neuron) const {
  const bool living = neuron.model == LabModel::izhikevich;
  if (biological != nullptr) return living;
  if (member == &LabNeuron::gain || member == &LabNeuron::background) return true;
  if (member == nullptr) return step_parameter(neuron, key) != nullptr;
  if (living) return false;
  if (neuron.model == LabModel::stepped) {
    return std::ranges::any_of(std::array{"tau_mem", "tau_syn", "threshold"}, [&](const char* name) {
      return member_of(name) == member && step_parameter(neuron, name) != nullptr;
    });
  }
  if (member == &LabNeuron::threshold) return neuron.uses_threshold();
  if (member == &LabNeuron::refractory_s) return neuron.has_refractory_time();
  if (member == &LabNeuron::tau_syn_s) return neuron.model != LabModel::plif;
  return true;
}

std::span<const LabParameter> lab_parameters() {
  return parameters();
}

const LabParameter* find_lab_parameter(std::string_view key) {
  const auto found = std::ranges::find(parameters(), key, &LabParameter::key);
  return found == parameters().end() ? nullptr : &*found;
}

void validate(const LabNeuron& neuron) {
  for (const LabParameter& p : parameters()) {
    if (!p.applies(neuron)) continue;
    const double value = p.get(neuron);
    if (!std::isfinite(value)) reject(p.key, "is not a finite number");
    if (std::abs(value) > largest) {
      reject(p.key, fmt::format("{:g} is too large; stay below {:g}", value, largest));
    }
    if (p.zero_is_none && value < 0.0) {
      reject(p.key, fmt::format("{:g} {} is impossible; give a time above 0, or 0 for none", value,
                                p.unit));
    }
  }
  if (neuron.biological.longest_step_ms < 1e-3) {
    reject("longest_step_ms", "is too short; give at least 0.001 ms");
  }
}

SpikeRule rule_of(const LabNeuron& neuron) {
  SpikeRule rule = neuron.model == LabModel::paralif ? paralif::rule_of(neuron.mode) : SpikeRule{};
  rule.noise_key = (neuron.seed + 1) * 0x9e3779b97f4a7c15ULL;
  rule.from_rest = true;
  return rule;
}

}  // namespace paralif::lab
