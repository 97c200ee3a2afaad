// What can be set of a layer of neurons, and what its module is made from.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/kernels/cpu/neuron_models.h"
#include "core/neurons/multi_step_lif.h"
#include "core/neurons/step_neurons.h"
#include "core/values/neuron_settings.h"

namespace paralif {

struct NeuronKindSettings {
  std::string model = "ParaLIF-T";
  std::optional<double> threshold;
  bool learn_threshold = false;
  std::optional<double> tau_mem_s = 2e-2;
  std::optional<double> tau_syn_s = 2e-2;
  bool learn_tau = false;
  bool tau_per_neuron = false;
  std::string share = "layer";  ///< of learned values: one a layer, a channel or a neuron
  std::string tau_init = "logit";
  double time_step_s = 1e-3;
  double refractory_s = 0.0;
  double tau_steps = 2.0;
  bool decay_input = true;
  std::string reset = "hard";
  bool detach_reset = false;
  bool fire = true;
  bool feed_spikes = true;
  std::string surrogate = "atan";
  std::optional<double> surrogate_scale;
  /// Of a model written as one step: what it has beside the above, by key; absent: its own.
  std::map<std::string, double, std::less<>> own;

  [[nodiscard]] bool is_multi_step() const {
    return is_neuron_of(model, NeuronFamily::multi_step);
  }
  [[nodiscard]] bool is_relu() const { return is_neuron_of(model, NeuronFamily::relu); }
  [[nodiscard]] bool is_lif() const { return is_neuron_of(model, NeuronFamily::lif); }
  [[nodiscard]] bool is_published() const { return !is_multi_step() && !is_relu() && !is_step(); }
  /// A model of step_models().
  [[nodiscard]] bool is_step() const { return step_model(model) != nullptr; }
  [[nodiscard]] bool has_step_parameter(std::string_view key) const;
  /// How many values a learned parameter has.
  [[nodiscard]] std::int64_t shares(std::int64_t channels, std::int64_t units) const;
};

/// Names of all models, in the order a form offers them.
std::vector<std::string> neuron_kind_models();

/// Of LIF and ParaLIF as published; channels of neurons / channels each.
NeuronSettings published_settings(const NeuronKindSettings& s, std::int64_t neurons,
                                  std::int64_t channels, bool recurrent);
/// Of a model written as one step.
StepNeuronSettings step_settings(const NeuronKindSettings& s, std::int64_t neurons,
                                 std::int64_t channels);
/// Of SJ-LIF and PLIF.
MultiStepLifSettings multi_step_settings(const NeuronKindSettings& s);

}  // namespace paralif
