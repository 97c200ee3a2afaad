// LIF, PLIF and ParaLIF by the fused sweeps in double precision.
#include "core/lab/simulate.h"

#include <cmath>
#include <limits>

#include "core/kernels/cpu/step_models.h"
#include "core/kernels/cpu/sweeps.h"
#include "core/kernels/steps/lif.h"
#include "core/kernels/steps/rules.h"
#include "core/lab/izhikevich.h"

namespace paralif::lab {
namespace {

std::vector<std::int32_t> steps_of(const std::vector<double>& spikes) {
  std::vector<std::int32_t> steps;
  for (std::size_t t = 0; t < spikes.size(); ++t) {
    if (spikes[t] > 0.0) steps.push_back(static_cast<std::int32_t>(t));
  }
  return steps;
}

struct Coefficients {
  double alpha, beta, threshold;
};

Coefficients coefficients_of(const LabNeuron& neuron, double time_step_s) {
  return {synaptic_decay(neuron, time_step_s), membrane_decay(neuron, time_step_s),
          sweep_threshold<double>(neuron)};
}

/// I[t] = alpha I[t-1] + input.
void fill_current(double alpha, LabTrace& trace) {
  trace.current.resize(trace.steps());
  double current = 0.0;
  for (std::size_t t = 0; t < trace.steps(); ++t) {
    current = alpha * current + trace.stimulus[t];
    trace.current[t] = current;
  }
}

/// Where the sweep's counter starts at a spike. It counts down before the input is looked at, so
/// that the input is ignored for one step less than it says.
double counter_start(const LabNeuron& neuron, double time_step_s) {
  if (neuron.refractory_rule == RefractoryRule::reference) {
    return neuron.refractory_s / time_step_s;
  }
  const int ignored = ignored_steps(neuron, time_step_s);
  return ignored > 0 ? ignored + 1.0 : 0.0;
}

void run_with_reset(const LabNeuron& neuron, const Coefficients& c, LabTrace& trace) {
  const std::size_t steps = trace.steps();
  const double period = counter_start(neuron, trace.time_step_s);
  trace.current.resize(steps);
  trace.membrane.resize(steps);
  trace.after_reset.resize(steps);
  double current = 0.0;
  double v = 0.0;
  double wait = 0.0;
  double gate = 1.0;
  for (std::size_t t = 0; t < steps; ++t) {
    const double u = scalar::lif_potential<true>(c.alpha, c.beta, trace.stimulus[t], v, current,
                                                 wait, gate);
    v = scalar::lif_reset(u, c.threshold);
    wait = scalar::lif_wait(u, c.threshold, wait, period);
    if (scalar::lif_spike(u, c.threshold) > 0.0) {
      trace.spikes.push_back(static_cast<std::int32_t>(t));
    }
    trace.current[t] = current;
    trace.membrane[t] = u;
    trace.after_reset[t] = v;
  }
}

void run_filter(const SpikeRule& rule, const Coefficients& c, LabTrace& trace) {
  const std::size_t steps = trace.steps();
  std::vector<double> spikes(steps);
  trace.membrane.resize(steps);
  cpu::FilterForward<double> pass;
  pass.shape = {1, static_cast<std::int64_t>(steps), 1};
  pass.rule = rule;
  pass.input = trace.stimulus.data();
  pass.alpha = &c.alpha;
  pass.beta = &c.beta;
  pass.threshold = &c.threshold;
  pass.membrane = trace.membrane.data();
  pass.spikes = spikes.data();
  const auto& sweeps = cpu::sweeps<double>();
  sweeps.filter_forward(pass, 0, sweeps.items(pass.shape));
  trace.spikes = steps_of(spikes);
  fill_current(c.alpha, trace);
}

std::vector<double> coefficients_of(const StepModel& model, const LabNeuron& neuron,
                                    double time_step_s) {
  std::vector<double> all;
  for (const StepParameter& p : model.facts.parameters) {
    all.push_back(coefficient_of(p, step_value(neuron, p), time_step_s));
  }
  return all;
}

void run_step_model(const LabNeuron& neuron, LabTrace& trace) {
  const StepModel& model = *step_model(neuron.step_name);
  const std::vector<double> c = coefficients_of(model, neuron, trace.time_step_s);
  std::vector<double> spikes(trace.steps());
  trace.membrane.resize(trace.steps());
  trace.after_reset.resize(trace.steps());
  cpu::ModelForward<double> pass;
  pass.shape = {1, static_cast<std::int64_t>(trace.steps()), 1};
  pass.input = trace.stimulus.data();
  pass.coefficients = c.data();
  pass.spikes = spikes.data();
  pass.potential = trace.membrane.data();
  pass.membrane = trace.after_reset.data();
  model.double_precision.forward(pass, 0, cpu::sweeps<double>().items(pass.shape));
  trace.spikes = steps_of(spikes);
}

/// What the spike function sees, step by step.
template <SpikeFunction spike_function, Squash squash>
void add_rule_views(LabTrace& trace) {
  trace.normalised.resize(trace.steps());
  for (std::size_t t = 0; t < trace.steps(); ++t) {
    trace.normalised[t] = scalar::squashed<squash>(trace.membrane[t]);
  }
  if constexpr (spike_function == SpikeFunction::delta) {
    trace.change.resize(trace.steps());
    double before = scalar::squashed<squash>(0.0);
    for (std::size_t t = 0; t < trace.steps(); ++t) {
      trace.change[t] = trace.normalised[t] - before;
      before = trace.normalised[t];
    }
  } else if constexpr (spike_function == SpikeFunction::bernoulli) {
    trace.probability = trace.normalised;
  } else if constexpr (spike_function == SpikeFunction::gumbel) {
    trace.probability.resize(trace.steps());
    for (std::size_t t = 0; t < trace.steps(); ++t) {
      trace.probability[t] = scalar::sigmoid(2.0 * trace.normalised[t]);
    }
  }
}

}  // namespace

double membrane_decay(const LabNeuron& neuron, double time_step_s) {
  if (neuron.tau_mem_s <= 0.0) return 0.0;
  if (neuron.model == LabModel::plif) return std::max(0.0, 1.0 - time_step_s / neuron.tau_mem_s);
  return std::exp(-time_step_s / neuron.tau_mem_s);
}

double synaptic_decay(const LabNeuron& neuron, double time_step_s) {
  if (neuron.tau_syn_s <= 0.0 || neuron.model == LabModel::plif) return 0.0;
  return std::exp(-time_step_s / neuron.tau_syn_s);
}

template <typename T>
T sweep_threshold(const LabNeuron& neuron) {
  const T threshold = static_cast<T>(neuron.threshold);
  if (neuron.model != LabModel::plif) return threshold;
  return std::nextafter(threshold, -std::numeric_limits<T>::infinity());
}
template float sweep_threshold<float>(const LabNeuron&);
template double sweep_threshold<double>(const LabNeuron&);

LabTrace simulate(const LabNeuron& neuron, const std::vector<double>& stimulus,
                  double time_step_s) {
  validate(neuron);
  LabTrace trace;
  trace.time_step_s = time_step_s;
  trace.stimulus.resize(stimulus.size());
  for (std::size_t t = 0; t < stimulus.size(); ++t) {
    trace.stimulus[t] = neuron.background + neuron.gain * stimulus[t];
  }
  if (neuron.model == LabModel::izhikevich) {
    run_izhikevich(neuron.biological, trace);
    return trace;
  }
  if (neuron.model == LabModel::stepped) {
    run_step_model(neuron, trace);
    return trace;
  }
  const Coefficients c = coefficients_of(neuron, time_step_s);
  if (neuron.model == LabModel::paralif) {
    const SpikeRule rule = rule_of(neuron);
    run_filter(rule, c, trace);
    scalar::with_rule(rule, [&]<SpikeFunction g, Squash q>() { add_rule_views<g, q>(trace); });
  } else {
    run_with_reset(neuron, c, trace);
  }
  return trace;
}

std::vector<double> unfired_membrane(const LabNeuron& neuron, const std::vector<double>& input,
                                     double time_step_s) {
  const StepModel& model = *step_model(neuron.step_name);
  const std::vector<double> c = coefficients_of(model, neuron, time_step_s);
  std::vector<double> membrane(input.size());
  cpu::ModelForward<double> pass;
  pass.shape = {1, static_cast<std::int64_t>(input.size()), 1};
  pass.fires = false;
  pass.input = input.data();
  pass.coefficients = c.data();
  pass.membrane = membrane.data();
  model.double_precision.forward(pass, 0, cpu::sweeps<double>().items(pass.shape));
  return membrane;
}

LabTrace simulate(const LabNeuron& neuron, const Stimulus& stimulus) {
  return simulate(neuron, values_of(stimulus), stimulus.time_step_s);
}

std::vector<std::vector<std::int32_t>> trials_of(const LabNeuron& neuron,
                                                 const std::vector<double>& stimulus,
                                                 double time_step_s, int trials) {
  std::vector<std::vector<std::int32_t>> all;
  LabNeuron one = neuron;
  for (int trial = 0; trial < trials; ++trial) {
    one.seed = neuron.seed + static_cast<std::uint64_t>(trial);
    all.push_back(simulate(one, stimulus, time_step_s).spikes);
  }
  return all;
}

bool has_reset_twin(const LabNeuron& neuron) {
  return neuron.model != LabModel::izhikevich && neuron.model != LabModel::stepped;
}

LabNeuron reset_twin(const LabNeuron& neuron) {
  LabNeuron twin = neuron;
  if (neuron.model == LabModel::paralif) {
    twin.model = LabModel::lif;
  } else {
    twin.model = LabModel::paralif;
    twin.mode = SpikeMode::t;
    twin.refractory_s = 0.0;
  }
  return twin;
}

}  // namespace paralif::lab
