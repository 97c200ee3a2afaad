// A layer of neurons of any model that is written as one step (core/kernels/steps/models.h).
#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/kernels/cpu/step_models.h"
#include "core/neurons/neuron_layer.h"

namespace paralif {

struct StepNeuronSettings {
  std::string model = "ALIF";
  std::int64_t neurons = 1;
  std::int64_t shares = 1;  ///< values of a learned parameter: 1, one a channel or one a neuron
  std::map<std::string, double, std::less<>> values;  ///< by key; absent: the model's own
  bool learn_decays = false;                          ///< the time constants, as sigmoid(parameter)
  bool learn_values = false;  ///< all others; where the range begins at 0 or above as relu(parameter)
  double time_step_s = 1e-3;
  bool fire = true;  ///< false: returns its membrane
  SpikeRule rule;    ///< the surrogate is used

  /// Numbers that training changes.
  [[nodiscard]] std::int64_t learned() const;
};

/// Parameters: those of the model that are learned, by key.
class StepNeurons : public torch::nn::Module {
 public:
  /// Throws Error(setting) for an unknown model or a value outside its range.
  explicit StepNeurons(StepNeuronSettings settings);

  /// (B, T, N) of input, from zero state.
  NeuronOutput forward(const torch::Tensor& input, bool want_membrane = false);

  [[nodiscard]] const StepNeuronSettings& settings() const { return settings_; }
  /// What each parameter of the model is now: time constants in seconds.
  [[nodiscard]] std::vector<std::pair<std::string_view, torch::Tensor>> values() const;

 private:
  [[nodiscard]] bool learned(const StepParameter& parameter) const;
  /// (shares) or one: what the step receives.
  [[nodiscard]] torch::Tensor coefficient(std::size_t parameter) const;

  StepNeuronSettings settings_;
  const StepModel* model_;
  std::vector<torch::Tensor> stored_;  ///< as learned, or the coefficient where it is fixed
};

}  // namespace paralif
