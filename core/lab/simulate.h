// One neuron under one stimulus, with everything a plot may want to show.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/lab/lab_neuron.h"
#include "core/lab/stimulus.h"

namespace paralif::lab {

/// One value a step in every list; a list that the model does not have is empty.
struct LabTrace {
  double time_step_s = 1e-3;
  std::vector<double> stimulus;      ///< background + gain x stimulus
  std::vector<double> current;       ///< synaptic current I; of LIF, PLIF and ParaLIF
  std::vector<double> recovery;      ///< u; Izhikevich only
  std::vector<double> membrane;      ///< before the reset of its step: what crossed the threshold
  std::vector<double> after_reset;   ///< the membrane after it; equal in steps without a spike
  std::vector<double> normalised;    ///< what the spiking function sees; ParaLIF only
  std::vector<double> change;        ///< of `normalised` from step to step; delta modes only
  std::vector<double> probability;   ///< of a spike; stochastic modes only
  std::vector<std::int32_t> spikes;  ///< steps, in order
  bool millivolts = false;           ///< unit of the membrane; false: units of the threshold
  [[nodiscard]] std::size_t steps() const { return stimulus.size(); }
};

/// Throws Error(setting) for an impossible neuron.
LabTrace simulate(const LabNeuron& neuron, const std::vector<double>& stimulus, double time_step_s);
LabTrace simulate(const LabNeuron& neuron, const Stimulus& stimulus);

/// The membrane of a stepped model under this input where it does not fire.
std::vector<double> unfired_membrane(const LabNeuron& neuron, const std::vector<double>& input,
                                     double time_step_s);

/// Spike steps of `trials` repetitions with other draws; equal ones for deterministic neurons.
std::vector<std::vector<std::int32_t>> trials_of(const LabNeuron& neuron,
                                                 const std::vector<double>& stimulus,
                                                 double time_step_s, int trials);

/// The same parameters with the other answer to "is there a reset?": ParaLIF-T for LIF and PLIF,
/// LIF for ParaLIF.
LabNeuron reset_twin(const LabNeuron& neuron);
/// Not of Izhikevich's model and those written as one step, whose reset is a part of the equation.
bool has_reset_twin(const LabNeuron& neuron);

/// Decays of one step; 0 for an absent time constant. PLIF: 1 - time_step / tau.
double membrane_decay(const LabNeuron& neuron, double time_step_s);
double synaptic_decay(const LabNeuron& neuron, double time_step_s);

/// The threshold as the sweeps compare it: they fire above, PLIF fires at and above.
template <typename T>
T sweep_threshold(const LabNeuron& neuron);

}  // namespace paralif::lab
