#include "core/training/optimizer.h"

#include <cmath>

namespace paralif {

using torch::Tensor;

std::optional<OptimizerKind> optimizer_kind(std::string_view name) {
  if (name == "adamax") return OptimizerKind::adamax;
  if (name == "adam") return OptimizerKind::adam;
  if (name == "sgd") return OptimizerKind::sgd;
  return std::nullopt;
}

Optimizer::Optimizer(std::vector<Tensor> parameters, const OptimizerSettings& settings)
    : settings_(settings), parameters_(std::move(parameters)), states_(parameters_.size()) {}

void Optimizer::zero_grad() {
  for (Tensor& parameter : parameters_) parameter.mutable_grad().reset();
}

void Optimizer::step() {
  const torch::NoGradGuard no_grad;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (parameters_[i].grad().defined()) update(parameters_[i], states_[i]);
  }
}

void Optimizer::update(Tensor& parameter, OptimizerState& state) const {
  const auto& s = settings_;
  Tensor grad = parameter.grad();
  if (s.weight_decay != 0.0) grad = grad.add(parameter, s.weight_decay);
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
