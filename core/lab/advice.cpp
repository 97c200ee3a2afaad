// The checks, each with the number that decides it.
#include "core/lab/advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/lab/quantity.h"

namespace paralif::lab {
namespace {

constexpr double coarse_part = 0.2;      // of a time constant; 18 % of it decay in such a step
constexpr double coarse_euler_ms = 0.5;  // of Izhikevich's equation; its script takes 0.25
constexpr double fast_steps = 2.5;       // mean interval of a train that the time step limits
constexpr std::size_t fast_spikes = 10;
constexpr double usual_step_s = 1e-3;

std::string ms(double seconds) {
  return fmt::format("{:.4g} ms", seconds * 1e3);
}

void add_coarse_step(const LabNeuron& neuron, double step_s, std::vector<Advice>& all) {
  if (neuron.model == LabModel::izhikevich) {
    const double longest = std::min(neuron.biological.longest_step_ms, step_s * 1e3);
    if (longest > coarse_euler_ms) {
      all.push_back({true, fmt::format("Euler steps of {:.4g} ms are coarse for this equation: "
                                       "take h = {:g} ms or less",
                                       longest, coarse_euler_ms)});
    }
    return;
  }
  const bool filtered = neuron.model != LabModel::plif && neuron.tau_syn_s > 0.0;
  const bool synaptic =
      filtered && (neuron.tau_mem_s <= 0.0 || neuron.tau_syn_s < neuron.tau_mem_s);
  const double shortest = synaptic ? neuron.tau_syn_s : neuron.tau_mem_s;
  if (shortest <= 0.0 || step_s <= coarse_part * shortest * (1.0 + 1e-9)) return;
  all.push_back({true, fmt::format("A time step of {} is coarse for {} = {}: rates and times "
                                   "depend on it; take {} or less",
                                   ms(step_s), synaptic ? "τ_syn" : "τ_mem", ms(shortest),
                                   ms(coarse_part * shortest))});
}

void add_refractory(const LabNeuron& neuron, double step_s, std::vector<Advice>& all) {
  if (!neuron.has_refractory_time() || neuron.refractory_s <= 0.0) return;
  const double ignored = ignored_steps(neuron, step_s) * step_s;
  if (std::abs(ignored - neuron.refractory_s) < 1e-3 * step_s) return;
  const bool reference = neuron.refractory_rule == RefractoryRule::reference;
  all.push_back({true, fmt::format("The input is ignored for {}, not {}: {}", ms(ignored),
                                   ms(neuron.refractory_s),
                                   reference ? "the published rule is one step short"
                                             : "the time is rounded up to whole steps")});
}

void add_change_threshold(const LabNeuron& neuron, double step_s, std::vector<Advice>& all) {
  if (rule_quantity(neuron) != Quantity::change) return;
  std::string text =
      fmt::format("θ is compared with the change of u in one step of {}", ms(step_s));
  const bool other = std::abs(step_s - usual_step_s) > 1e-9;
  if (other) {
    text += fmt::format(": θ = {:.4g} at 1 ms asks for the same slope as θ = {:.4g} here",
                        neuron.threshold * usual_step_s / step_s, neuron.threshold);
  }
  all.push_back({other, text});
}

/// The largest of what is compared with the threshold.
double reached(const LabNeuron& neuron, const LabTrace& trace) {
  const auto& values = values_of(trace, rule_quantity(neuron).value_or(Quantity::membrane));
  return values.empty() ? 0.0 : *std::ranges::max_element(values);
}

}  // namespace

std::vector<Advice> advice_on(const LabNeuron& neuron, double time_step_s) {
  std::vector<Advice> all;
  add_coarse_step(neuron, time_step_s, all);
  add_refractory(neuron, time_step_s, all);
  add_change_threshold(neuron, time_step_s, all);
  return all;
}

std::vector<Advice> advice_on(const LabNeuron& neuron, const LabTrace& trace) {
  std::vector<Advice> all = advice_on(neuron, trace.time_step_s);
  const auto& spikes = trace.spikes;
  if (spikes.empty() && neuron.uses_threshold() && trace.steps() > 0) {
    const bool change = rule_quantity(neuron) == Quantity::change;
    all.push_back({false, fmt::format("Silent: {} reaches {:.4g}, and θ is {:.4g}",
                                      change ? "the change of u in one step" : "the membrane",
                                      reached(neuron, trace), neuron.threshold)});
  }
  if (spikes.size() >= fast_spikes) {
    const double mean = static_cast<double>(spikes.back() - spikes.front()) /
                        static_cast<double>(spikes.size() - 1);
    if (mean <= fast_steps) {
      all.push_back({true, fmt::format("Fires every {:.3g} steps ({:.4g} Hz): the time step limits "
                                       "the rate, and the spikes look like a bar; zoom in, or "
                                       "lower the gain",
                                       mean, 1.0 / (mean * trace.time_step_s))});
    }
  }
  return all;
}

}  // namespace paralif::lab
