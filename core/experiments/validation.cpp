// What keeps an experiment from running, field by field and in combination.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/experiments/fields.h"
#include "core/kernels/cpu/neuron_models.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/error.h"

namespace paralif {
namespace {

constexpr double largest_elements = 4e9;  // of one layer's activity in one batch

bool rate_coded(const Experiment& e) {
  return kind_of(e.dataset.name) == DataKind::points;
}

/// Lists of layers that are too long or too short for the network.
void lengths(const Experiment& e, std::vector<Problem>& found) {
  const std::size_t hidden = e.network.hidden.size();
  const auto check = [&](const char* key, std::size_t given, bool with_readout) {
    if (given == 1 || given == hidden || (with_readout && given == hidden + 1)) return;
    found.push_back({key, fmt::format("has {} values for {} hidden layer{}: give one, or one a "
                                      "layer{}",
                                      given, hidden, hidden == 1 ? "" : "s",
                                      with_readout ? ", and maybe one for the read-out" : "")});
  };
  check("network.recurrent", e.network.recurrent.values().size(), true);
  check("network.delay_max", e.network.delay_max.values().size(), false);
  check("neuron.tau_mem", e.neuron.tau_mem_s.values().size(), true);
  check("neuron.tau_syn", e.neuron.tau_syn_s.values().size(), true);
}

/// Of the dense network; a list of layers is judged where the data's shape is known.
std::vector<Problem> combinations(const Experiment& e) {
  std::vector<Problem> found;
  if (!e.network.layers.layers.empty()) return found;
  const NeuronModelEntry* model = find_neuron_model(e.neuron.name);
  if (model == nullptr) return found;  // its own field says so
  const std::vector<std::string> backends = backends_of(*model);
  const bool spiking = !model->is(NeuronFamily::relu);
  if (spiking && std::ranges::find(backends, e.backend) == backends.end()) {
    found.push_back({"backend",
                     model->is(NeuronFamily::lif)
                         ? "the reset makes LIF nonlinear, so it has no FFT form: choose fused or "
                           "sequential"
                         : fmt::format("{} has no {} form: choose {}", e.neuron.name, e.backend,
                                       fmt::join(backends, " or "))});
  }
  if (e.neuron.refractory_s > 0 && spiking && !model->is(NeuronFamily::lif)) {
    const char* name = model->is(NeuronFamily::paralif) ? "ParaLIF" : e.neuron.name.c_str();
    found.push_back(
        {"neuron.refractory",
         fmt::format("{} has no refractory period: set it to none or choose LIF", name)});
  }
  if (model->is(NeuronFamily::stepped) && e.network.recurrent.any(true)) {
    found.push_back({"network.recurrent", fmt::format("{} has no recurrent form: switch it off, or "
                                                      "choose LIF or ParaLIF",
                                                      e.neuron.name)});
  }
  if (e.neuron.learn_tau && e.neuron.tau_mem_s.all(std::nullopt) &&
      e.neuron.tau_syn_s.all(std::nullopt)) {
    found.push_back({"neuron.learn_tau",
                     "there is no time constant to learn: give a membrane or a synaptic one"});
  }
  const auto delays = e.network.delay_max.values();
  const std::int64_t longest = delays.empty() ? 0 : std::ranges::max(delays);
  if (longest >= e.dataset.steps && rate_coded(e) && longest > 0) {
    found.push_back({"network.delay_max",
                     fmt::format("a delay of {} steps would push out samples of {} steps: give a "
                                 "smaller one",
                                 longest, e.dataset.steps)});
  }
  lengths(e, found);
  std::int64_t widest = 0;
  for (const std::int64_t units : e.network.hidden) widest = std::max(widest, units);
  const double elements = static_cast<double>(e.training.batch_size) * static_cast<double>(widest) *
                          static_cast<double>(e.dataset.steps);
  if (rate_coded(e) && elements > largest_elements) {
    found.push_back({"training.batch_size",
                     fmt::format("batch x steps x neurons is {:.1g} values a layer, more than "
                                 "memory holds: lower one of them",
                                 elements)});
  }
  double weights = 0.0;
  for (std::size_t i = 0; i < e.network.hidden.size(); ++i) {
    const auto units = static_cast<double>(e.network.hidden[i]);
    if (i > 0) weights += units * static_cast<double>(e.network.hidden[i - 1]);
    if (e.network.recurrent.of(i)) weights += units * units;
  }
  if (weights > largest_elements) {
    found.push_back({"network.hidden",
                     fmt::format("layers of these sizes have {:.1g} weights between them, more "
                                 "than memory holds: make them smaller",
                                 weights)});
  }
  return found;
}

}  // namespace

std::vector<Problem> problems_of(const Experiment& experiment) {
  std::vector<Problem> found;
  for (const Field& field : experiment_fields()) {
    if (!field.applies(experiment)) continue;
    if (auto problem = value_problem(field, field.get(experiment))) {
      found.push_back({std::string(field.key), *problem});
    }
  }
  if (found.empty()) found = combinations(experiment);
  return found;
}

void validate(const Experiment& experiment) {
  const auto found = problems_of(experiment);
  if (found.empty()) return;
  throw Error(Error::Kind::setting, found.front().key, found.front().sentence);
}

}  // namespace paralif
