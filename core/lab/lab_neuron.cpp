// Names, parameter table and checks of the lab's neurons.
#include "core/lab/lab_neuron.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/kernels/cpu/neuron_models.h"
#include "core/kernels/cpu/step_models.h"
#include "core/lab/lab_parameters.h"
#include "datasets/error.h"

namespace paralif::lab {
namespace {

constexpr double rounding = 1e-6;  // of a time in steps: 0.3 ms are three steps of 0.1 ms
constexpr double most_steps = 1e9;
constexpr std::string_view paralif_prefix = "ParaLIF-";

}  // namespace

double LabNeuron::*member_of(std::string_view step_key) {
  if (step_key == "tau_mem") return &LabNeuron::tau_mem_s;
  if (step_key == "tau_syn") return &LabNeuron::tau_syn_s;
  if (step_key == "threshold") return &LabNeuron::threshold;
  return nullptr;
}

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
  if (rule.spike_function == SpikeFunction::delta) {
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

void validate(const LabNeuron& neuron) {
  const auto problems = value_problems(lab_parameters(), neuron);
  if (problems.empty()) return;
  throw Error(Error::Kind::setting, std::string(problems.front().first), problems.front().second);
}

SpikeRule rule_of(const LabNeuron& neuron) {
  SpikeRule rule = neuron.model == LabModel::paralif ? paralif::rule_of(neuron.mode) : SpikeRule{};
  rule.noise_key = (neuron.seed + 1) * 0x9e3779b97f4a7c15ULL;
  rule.from_rest = true;
  return rule;
}

}  // namespace paralif::lab
