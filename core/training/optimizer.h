// Adamax, Adam and SGD with the update rules of PyTorch, and a state that can be saved.
#pragma once

#include <torch/types.h>

#include <optional>
#include <string_view>
#include <vector>

#include "core/training/training_state.h"

namespace paralif {

enum class OptimizerKind : std::uint8_t {
  adamax,  ///< Kingma and Ba (2015), section 7.1: infinity norm
  adam,    ///< Kingma and Ba (2015), algorithm 1
  sgd      ///< with classical momentum
};

std::optional<OptimizerKind> optimizer_kind(std::string_view name);

struct OptimizerSettings {
  OptimizerKind kind = OptimizerKind::adamax;
  double learning_rate = 1e-3;
  double weight_decay = 0.0;  ///< added to the gradient, times the weight
  double momentum = 0.0;      ///< SGD
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
};

class Optimizer {
 public:
  Optimizer(std::vector<torch::Tensor> parameters, const OptimizerSettings& settings);

  void zero_grad();
  /// Changes the parameters that have a gradient.
  void step();

  void set_learning_rate(double rate) { settings_.learning_rate = rate; }
  void set_weight_decay(double decay) { settings_.weight_decay = decay; }
  [[nodiscard]] double learning_rate() const { return settings_.learning_rate; }

  /// One a parameter, in their order.
  [[nodiscard]] const std::vector<OptimizerState>& states() const { return states_; }
  void restore(std::vector<OptimizerState> states) { states_ = std::move(states); }

 private:
  void update(torch::Tensor& parameter, OptimizerState& state) const;

  OptimizerSettings settings_;
  std::vector<torch::Tensor> parameters_;
  std::vector<OptimizerState> states_;
};

}  // namespace paralif
