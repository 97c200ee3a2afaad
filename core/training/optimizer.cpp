#include "core/training/optimizer.h"

#include <cmath>

namespace paralif {

using torch::Tensor;

std::optional<OptimizerKind> optimizer_kind(std::string_view name) {
  if (name == "adamax") return OptimizerKind::adamax;
  if (name == "adam") return OptimizerKind::adam;
  if (name == "adamw") return OptimizerKind::adamw;
  if (name == "sgd") return OptimizerKind::sgd;
  return std::nullopt;
}

Optimizer::Optimizer(std::vector<Tensor> parameters, const OptimizerSettings& settings)
    : Optimizer(std::vector<ParameterGroup>{{std::move(parameters), settings}}) {}

Optimizer::Optimizer(std::vector<ParameterGroup> groups) : groups_(std::move(groups)) {
  std::size_t count = 0;
  for (const ParameterGroup& group : groups_) count += group.parameters.size();
  states_.resize(count);
}

void Optimizer::zero_grad() {
  for (ParameterGroup& group : groups_) {
    for (Tensor& parameter : group.parameters) parameter.mutable_grad().reset();
  }
}

void Optimizer::step() {
  const torch::NoGradGuard no_grad;
  auto state = states_.begin();
  for (ParameterGroup& group : groups_) {
    for (Tensor& parameter : group.parameters) {
      OptimizerState& own = *state++;
      if (parameter.grad().defined()) update(parameter, own, group.settings);
    }
  }
}

void Optimizer::set_learning_rate(double rate, std::size_t group) {
  groups_.at(group).settings.learning_rate = rate;
}

void Optimizer::set_weight_decay(double decay, std::size_t group) {
  groups_.at(group).settings.weight_decay = decay;
}

void Optimizer::set_momentum(double momentum, std::size_t group) {
  OptimizerSettings& settings = groups_.at(group).settings;
  (settings.kind == OptimizerKind::sgd ? settings.momentum : settings.beta1) = momentum;
}

std::vector<Tensor> Optimizer::gradients() const {
  std::vector<Tensor> all;
  for (const ParameterGroup& group : groups_) {
    for (const Tensor& parameter : group.parameters) {
      if (parameter.grad().defined()) all.push_back(parameter.grad());
    }
  }
  return all;
}

void Optimizer::update(Tensor& parameter, OptimizerState& state, const OptimizerSettings& s) {
  Tensor grad = parameter.grad();
  if (s.kind == OptimizerKind::adamw) {
    parameter.mul_(1 - s.learning_rate * s.weight_decay);
  } else if (s.weight_decay != 0.0) {
    grad = grad.add(parameter, s.weight_decay);
  }
  ++state.step;
  if (s.kind == OptimizerKind::sgd) {
    if (s.momentum != 0.0) {
      if (state.first.defined()) {
        state.first.mul_(s.momentum).add_(grad);
      } else {
        state.first = grad.clone();
      }
      grad = state.first;
    }
    parameter.add_(grad, -s.learning_rate);
    return;
  }
  if (!state.first.defined()) {
    state.first = torch::zeros_like(parameter);
    state.second = torch::zeros_like(parameter);
  }
  const auto steps = static_cast<double>(state.step);
  const double correction1 = 1 - std::pow(s.beta1, steps);
  state.first.mul_(s.beta1).add_(grad, 1 - s.beta1);
  if (s.kind == OptimizerKind::adamax) {
    state.second = torch::maximum(state.second * s.beta2, grad.abs() + s.epsilon);
    parameter.addcdiv_(state.first, state.second, -s.learning_rate / correction1);
    return;
  }
  const double correction2 = 1 - std::pow(s.beta2, steps);
  state.second.mul_(s.beta2).addcmul_(grad, grad, 1 - s.beta2);
  const Tensor norm = (state.second.sqrt() / std::sqrt(correction2)).add_(s.epsilon);
  parameter.addcdiv_(state.first, norm, -s.learning_rate / correction1);
}

}  // namespace paralif
