#include "core/neurons/step_neurons.h"

#include <fmt/format.h>

#include <cmath>

#include "core/kernels/fused_model.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;

const StepModel& known_model(const std::string& name) {
  if (const StepModel* model = step_model(name)) return *model;
  throw Error(Error::Kind::setting, "model", fmt::format("'{}' is unknown", name));
}

double value_in(const StepNeuronSettings& s, const StepParameter& p) {
  const auto given = s.values.find(p.key);
  const double value = given == s.values.end() ? p.standard : given->second;
  if (std::isfinite(value) && value >= p.minimum && value <= p.maximum) return value;
  throw Error(Error::Kind::setting, std::string(p.key),
              fmt::format("is {:g}; give {:g} to {:g}", value, p.minimum, p.maximum));
}

/// A decay as its logit; that of 0 is 0, from which it can be learnt.
double logit(double decay) {
  if (decay <= 0.0) return 0.0;
  const double inside = std::min(decay, 1 - 1e-6);
  return std::log(inside) - std::log1p(-inside);
}

}  // namespace

std::int64_t StepNeuronSettings::learned() const {
  std::int64_t count = 0;
  for (const StepParameter& p : known_model(model).facts.parameters) {
    if (p.coefficient == Coefficient::decay ? learn_decays : learn_values) count += shares;
  }
  return count;
}

StepNeurons::StepNeurons(StepNeuronSettings settings)
    : settings_(std::move(settings)), model_(&known_model(settings_.model)) {
  const auto type = torch::get_default_dtype();
  for (const StepParameter& p : model_->facts.parameters) {
    const double value = value_in(settings_, p);
    const double coefficient = coefficient_of(p, value, settings_.time_step_s);
    const std::string name(p.key);
    if (!learned(p)) {
      stored_.push_back(
          register_buffer(name, torch::tensor(coefficient, torch::kFloat64).to(type)));
      continue;
    }
    const double start = p.coefficient == Coefficient::decay ? logit(coefficient) : value;
    Tensor first = torch::full({settings_.shares}, start, torch::kFloat64).to(type);
    if (settings_.shares == 1) first = first.squeeze(0);
    stored_.push_back(register_parameter(name, first));
  }
}

bool StepNeurons::learned(const StepParameter& p) const {
  return p.coefficient == Coefficient::decay ? settings_.learn_decays : settings_.learn_values;
}

Tensor StepNeurons::coefficient(std::size_t parameter) const {
  const StepParameter& p = model_->facts.parameters[parameter];
  const Tensor& stored = stored_[parameter];
  if (!learned(p)) return stored;
  if (p.coefficient == Coefficient::decay) return torch::sigmoid(stored);
  return p.minimum >= 0 ? torch::relu(stored) : stored;
}

NeuronOutput StepNeurons::forward(const Tensor& input, bool want_membrane) {
  std::vector<Tensor> rows;
  for (std::size_t p = 0; p < model_->facts.parameters.size(); ++p) {
    rows.push_back(over_neurons(coefficient(p), settings_.neurons).expand({settings_.neurons}));
  }
  ModelOptions options;
  options.fires = settings_.fire;
  options.rule = settings_.rule;
  options.want_membrane = want_membrane;
  const ModelPass pass = fused_model(*model_, input, torch::stack(rows), options);
  const Tensor membrane = pass.membrane.defined() ? pass.membrane.detach() : Tensor();
  return {settings_.fire ? pass.spikes : pass.membrane, membrane, {}};
}

std::vector<std::pair<std::string_view, Tensor>> StepNeurons::values() const {
  std::vector<std::pair<std::string_view, Tensor>> all;
  for (std::size_t i = 0; i < model_->facts.parameters.size(); ++i) {
    const StepParameter& p = model_->facts.parameters[i];
    const Tensor now = coefficient(i).detach();
    all.emplace_back(p.key, p.coefficient == Coefficient::decay
                                ? -settings_.time_step_s / torch::log(now)
                                : now);
  }
  return all;
}

}  // namespace paralif
