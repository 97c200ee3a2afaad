// Ranges of the draws.
#include "core/lab/search_draws.h"

#include <algorithm>
#include <cmath>

#include "core/lab/simulate.h"

namespace paralif::lab {
namespace {

constexpr double time_step_s = 1e-3;

double whole_ms(double ms) {
  return std::max(1.0, std::round(ms));
}

}  // namespace

double SearchDraws::uniform(double low, double high) {
  return low + (high - low) * (static_cast<double>(generator_() >> 11) * 0x1.0p-53);
}

double SearchDraws::logarithmic(double low, double high) {
  return std::exp(uniform(std::log(low), std::log(high)));
}

LabNeuron SearchDraws::neuron(const LabNeuron& model) {
  LabNeuron n = model;
  const bool plif = n.model == LabModel::plif;
  n.tau_mem_s = logarithmic(plif ? 2e-3 : 1e-3, 50e-3);
  n.tau_syn_s = plif || chance(0.4) ? 0.0 : logarithmic(1e-3, 50e-3);
  n.gain = logarithmic(0.05, 30.0);
  const SpikeRule rule = rule_of(n);
  const bool delta = rule.spike_function == SpikeFunction::delta;
  const bool sigmoid = rule.squash == Squash::sigmoid;
  if (delta) {
    n.threshold = rule.squash == Squash::identity ? logarithmic(0.02, 1.0)
                  : sigmoid                       ? logarithmic(0.005, 0.4)
                                                  : logarithmic(0.01, 0.8);
  } else if (rule.squash == Squash::identity) {
    n.threshold = logarithmic(0.05, 2.0);
  } else {
    n.threshold = sigmoid ? uniform(0.51, 0.97) : uniform(0.03, 0.95);
  }
  // Backgrounds are drawn as the membrane they lead to.
  double membrane = 0.0;
  if (n.stochastic()) {
    membrane = chance(0.2) ? 0.0 : uniform(-10.0, 2.0);
  } else if (rule.squash == Squash::identity) {
    membrane = chance(0.7) ? 0.0 : uniform(-2.0, 2.0);
  } else {
    membrane = chance(0.4) ? 0.0 : uniform(-4.0, 4.0) * (sigmoid ? 2.0 : 1.0);
  }
  if (membrane != 0.0) {
    // It must have settled when the stimulus comes.
    n.tau_mem_s = std::min(n.tau_mem_s, logarithmic(10e-3, 25e-3));
    n.tau_syn_s = std::min(n.tau_syn_s, logarithmic(10e-3, 25e-3));
  }
  n.background = membrane * (1.0 - synaptic_decay(n, time_step_s));
  return n;
}

LabNeuron SearchDraws::neighbour(const LabNeuron& neuron) {
  LabNeuron n = neuron;
  for (double* value : {&n.tau_mem_s, &n.tau_syn_s, &n.gain, &n.threshold, &n.background}) {
    *value *= uniform(0.9, 1.1);
  }
  return n;
}

ProtocolSettings SearchDraws::protocol(Feature feature) {
  ProtocolSettings s = usual_settings(feature);
  switch (feature) {
    case Feature::latency:
      s.width_ms = whole_ms(logarithmic(1.0, 6.0));
      break;
    case Feature::oscillations:
    case Feature::rebound_spike:
    case Feature::rebound_burst:
      s.width_ms = whole_ms(logarithmic(1.0, 20.0));
      break;
    case Feature::resonator:
    case Feature::integrator:
      s.width_ms = whole_ms(uniform(0.6, 4.4));
      s.gap_ms = 4.0 * whole_ms(logarithmic(s.width_ms + 1.0, 15.0));
      break;
    case Feature::threshold_variability:
      s.width_ms = whole_ms(logarithmic(1.0, 6.0));
      s.gap_ms = s.width_ms + whole_ms(logarithmic(1.0, 40.0));
      s.second = -logarithmic(0.3, 5.0);
      break;
    case Feature::bistability:
      s.width_ms = whole_ms(logarithmic(1.0, 10.0));
      s.second = chance(0.5) ? 1.0 : -1.0;
      break;
    case Feature::after_potential:
      s.width_ms = whole_ms(logarithmic(1.0, 6.0));
      s.second = uniform(0.5, 0.98);
      break;
    case Feature::accommodation:
      s.width_ms = whole_ms(logarithmic(3.0, 20.0));
      s.gap_ms = whole_ms(logarithmic(3.0 * s.width_ms, 250.0));
      s.second = uniform(0.3, 0.9);
      break;
    default:
      break;
  }
  return s;
}

}  // namespace paralif::lab
