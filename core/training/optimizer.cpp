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

void Optimizer::update(Tensor& parameter, State& state) const {
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

void Optimizer::save(torch::serialize::OutputArchive& archive) const {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const State& state = states_[i];
    torch::serialize::OutputArchive one(archive.compilation_unit());
    one.write("step", c10::IValue(state.step));
    if (state.first.defined()) one.write("first", state.first);
    if (state.second.defined()) one.write("second", state.second);
    archive.write(std::to_string(i), one);
  }
}

void Optimizer::load(torch::serialize::InputArchive& archive) {
  for (std::size_t i = 0; i < states_.size(); ++i) {
    torch::serialize::InputArchive one;
    archive.read(std::to_string(i), one);
    c10::IValue step;
    one.read("step", step);
    states_[i].step = step.toInt();
    one.try_read("first", states_[i].first);
    one.try_read("second", states_[i].second);
  }
}

}  // namespace paralif
