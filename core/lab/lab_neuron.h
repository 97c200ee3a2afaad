// One neuron of the lab: which model, and every parameter as a plain value.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/kernels/steps/model.h"
#include "core/values/neuron_settings.h"

namespace paralif::lab {

enum class LabModel : std::uint8_t {
  lif,        ///< leaky integrate and fire with reset (Yarga and Wood, 2024)
  paralif,    ///< its parallel form without reset, in one of eleven spiking modes
  plif,       ///< SpikingJelly's: v += (x - v) / tau, fires at v >= threshold, reset to 0
  izhikevich,  ///< Izhikevich's simple model (IEEE Trans. Neural Networks 14(6), 2003)
  stepped      ///< a model of step_models(), named by LabNeuron::step_name
};

/// v' = 0.04 v^2 + linear v + constant - u + I, u' = a (b v - u); above 30: v = c, u += d.
/// Millivolts and milliseconds.
struct Izhikevich {
  double a = 0.02, b = 0.2, c = -65.0, d = 6.0;
  double v0 = -70.0;  ///< start; u starts at b v0, or at -16 with `anchored`
  double linear = 5.0, constant = 140.0;
  bool anchored = false;          ///< u' = a b (v + 65) instead
  double longest_step_ms = 0.25;  ///< a longer time step of the lab is divided until it fits

  bool operator==(const Izhikevich&) const = default;
};

/// How many steps the input is ignored after a spike.
enum class RefractoryRule : std::uint8_t {
  reference,  ///< published code: its counter starts in the spike's step, so one step too few
  exact       ///< the refractory time in whole steps, rounded up
};

struct LabNeuron {
  LabModel model = LabModel::lif;
  SpikeMode mode = SpikeMode::t;  ///< ParaLIF only
  double gain = 1.0;              ///< input = background + gain x stimulus
  double background = 0.0;
  double tau_mem_s = 10e-3;  ///< PLIF: tau in units of the time step, times the time step
  double tau_syn_s = 0.0;    ///< 0: none
  double threshold = 1.0;
  double refractory_s = 0.0;  ///< LIF only
  RefractoryRule refractory_rule = RefractoryRule::reference;
  std::uint64_t seed = 0;  ///< of the stochastic modes
  Izhikevich biological;
  std::string step_name;  ///< stepped only
  /// Stepped only: parameters beside those above, by key, in the unit stored; absent: the model's.
  std::map<std::string, double, std::less<>> own;

  bool operator==(const LabNeuron&) const = default;
  [[nodiscard]] bool stochastic() const;
  /// Whether `threshold` decides anything.
  [[nodiscard]] bool uses_threshold() const;
  /// Whether a spike changes the membrane.
  [[nodiscard]] bool resets() const { return model != LabModel::paralif; }
  [[nodiscard]] bool has_refractory_time() const { return model == LabModel::lif; }
};

/// "reference" or "exact", and back; nothing for another word.
std::string_view to_string(RefractoryRule rule);
std::optional<RefractoryRule> refractory_rule_named(std::string_view name);

/// Steps after a spike in which the input is ignored.
int ignored_steps(const LabNeuron& neuron, double time_step_s);

/// "LIF", "ParaLIF-TRD", "PLIF" or "Izhikevich".
std::string name_of(const LabNeuron& neuron);

/// "TRD" of "ParaLIF-TRD", else the name.
std::string short_name(std::string_view model);

/// A neuron of that name with usual parameters; nothing for an unknown name. A new LIF has the
/// exact refractory rule.
std::optional<LabNeuron> neuron_named(std::string_view name);

/// LIF, PLIF, the eleven ParaLIF modes and Izhikevich, in the order of every table of features.
const std::vector<std::string>& model_names();
/// Those, and the models written as one step, in the order of a form.
const std::vector<std::string>& lab_names();

/// What this neuron has for a parameter of its model, in the unit stored.
double step_value(const LabNeuron& neuron, const StepParameter& parameter);

/// The equations of a model written as one step, one a line; empty for another.
std::string_view step_equations(const LabNeuron& neuron);

/// The member that stands for a step model's parameter of this key; null: it is in LabNeuron::own.
double LabNeuron::*member_of(std::string_view step_key);

/// Throws Error(setting) that names the first impossible parameter of lab_parameters.h.
void validate(const LabNeuron& neuron);

/// What spikes of this neuron follow; u[-1] is that of rest.
SpikeRule rule_of(const LabNeuron& neuron);

}  // namespace paralif::lab
