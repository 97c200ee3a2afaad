// Adamax, Adam, AdamW and SGD with the update rules of PyTorch, and a state that can be saved.
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
  adamw,   ///< Adam with the decay taken from the weight itself: Loshchilov and Hutter (2019)
  sgd      ///< with classical momentum
};

std::optional<OptimizerKind> optimizer_kind(std::string_view name);

struct OptimizerSettings {
  OptimizerKind kind = OptimizerKind::adamax;
  double learning_rate = 1e-3;
  double weight_decay = 0.0;  ///< added to the gradient, times the weight; of AdamW to the change
  double momentum = 0.0;      ///< SGD
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
};

/// Parameters that are changed by settings of their own.
struct ParameterGroup {
  std::vector<torch::Tensor> parameters;
  OptimizerSettings settings;
};

class Optimizer {
 public:
  Optimizer(std::vector<torch::Tensor> parameters, const OptimizerSettings& settings);
  /// The states are in the order of the groups' parameters, one group after another.
  explicit Optimizer(std::vector<ParameterGroup> groups);

  void zero_grad();
  /// Changes the parameters that have a gradient.
  void step();

  /// Of the first group, where none is named.
  void set_learning_rate(double rate, std::size_t group = 0);
  void set_weight_decay(double decay, std::size_t group = 0);
  /// SGD's momentum, or the first beta of the others.
  void set_momentum(double momentum, std::size_t group = 0);
  [[nodiscard]] double learning_rate() const { return groups_.front().settings.learning_rate; }

  [[nodiscard]] std::size_t groups() const { return groups_.size(); }
  /// Gradients that are there, in the order of the states.
  [[nodiscard]] std::vector<torch::Tensor> gradients() const;
  /// One a parameter, in their order.
  [[nodiscard]] const std::vector<OptimizerState>& states() const { return states_; }
  void restore(std::vector<OptimizerState> states) { states_ = std::move(states); }

 private:
  static void update(torch::Tensor& parameter, OptimizerState& state, const OptimizerSettings& s);

  std::vector<ParameterGroup> groups_;
  std::vector<OptimizerState> states_;
};

}  // namespace paralif
