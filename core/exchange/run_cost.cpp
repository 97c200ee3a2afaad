#include "core/exchange/run_cost.h"

#include <cmath>

#include "core/encoding/spike_source.h"
#include "core/kernels/interruption.h"
#include "core/layers/layer_kind.h"
#include "core/networks/dense_input.h"
#include "core/neurons/neuron_layer.h"
#include "core/runs/run_store.h"
#include "core/training/checkpoint.h"
#include "core/training/run_weights.h"
#include "core/training/trainer.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;

constexpr std::int64_t bytes_a_value = 4;
constexpr std::int64_t states_a_neuron = 2;  // a current and a membrane

class Counter {
 public:
  explicit Counter(Trainer& trainer) : trainer_(trainer), network_(trainer.network()) {
    const auto& layers = network_.description().layers;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      RunCost::Layer layer;
      layer.id = layers[i].id;
      layer.kind = layers[i].kind;
      for (const Tensor& p : network_.layers()[i]->parameters()) layer.parameters += p.numel();
      if (is_neurons(i)) layer.memory = states_a_neuron * network_.shapes()[i].units();
      layer.memory = (layer.memory + layer.parameters) * bytes_a_value;
      result.layers.push_back(layer);
    }
    values_.resize(layers.size());
    nonzero_.resize(layers.size());
  }

  void add(std::int64_t sample) {
    const SpikeSource& source = *trainer_.data().test;
    const SpikeBatch batch = source.batch(std::span(&sample, 1), trainer_.test_draw());
    const NetworkOutput out = trainer_.run(batch, true);
    result.steps += static_cast<double>(batch.steps);
    std::size_t hidden = 0;
    for (std::size_t i = 0; i < network_.layers().size(); ++i) {
      const LayerTrace* trace = nullptr;
      if (network_.layers()[i]->fires()) trace = &out.hidden[hidden++];
      const bool given = i < out.inputs.size() && out.inputs[i].defined();
      count(i, given ? out.inputs[i].detach() : dense_input(batch), trace);
    }
    ++result.samples;
  }

  RunCost means() {
    const auto count = static_cast<double>(std::max<std::int64_t>(1, result.samples));
    result.steps /= count;
    for (std::size_t i = 0; i < result.layers.size(); ++i) {
      RunCost::Layer& layer = result.layers[i];
      layer.active = values_[i] > 0 ? nonzero_[i] / values_[i] : std::nan("");
      for (double* sum : {&layer.additions, &layer.multiplications, &layer.dense, &layer.updates,
                          &layer.spikes}) {
        *sum /= count;
      }
    }
    return result;
  }

  RunCost result;

 private:
  [[nodiscard]] bool is_neurons(std::size_t i) const {
    const std::string& kind = network_.description().layers[i].kind;
    return kind == "neuron" || kind == "recurrent_neuron";
  }

  [[nodiscard]] const SignalShape& input_of(std::size_t i) const {
    return i == 0 ? network_.input() : network_.shapes()[i - 1];
  }

  void count(std::size_t i, const Tensor& input, const LayerTrace* trace) {
    RunCost::Layer& layer = result.layers[i];
    const auto steps = static_cast<double>(input.size(1));
    const LayerDescription& description = network_.description().layers[i];
    const double dense = static_cast<double>(
        find_layer_kind(description.kind)->cost(description, {input_of(i), {}}).operations);
    if (dense > 0 && is_neurons(i)) {  // what is fed back
      count_feedback(i, dense * steps, trace);
    } else if (dense > 0) {
      layer.dense += dense * steps;
      values_[i] += static_cast<double>(input.numel());
      nonzero_[i] += input.count_nonzero().item<double>();
      const double operations = network_.layers()[i]->synaptic_operations(input);
      layer.additions += operations;
      // A value of 1 picks its weight; another one multiplies it.
      if (!input.eq(0).logical_or(input.eq(1)).all().item<bool>()) layer.multiplications += operations;
    }
    if (is_neurons(i)) {
      layer.updates += static_cast<double>(network_.shapes()[i].units()) * steps;
    }
    if (trace == nullptr) return;
    layer.spikes += trace->output.count_nonzero().item<double>();
  }

  void count_feedback(std::size_t i, double dense, const LayerTrace* trace) {
    RunCost::Layer& layer = result.layers[i];
    layer.dense += dense;
    const NeuronLayer* neurons = network_.layers()[i]->neurons();
    if (trace == nullptr || !trace->feedback.defined() || neurons == nullptr) return;
    const double fed = trace->feedback.count_nonzero().item<double>();
    values_[i] += static_cast<double>(trace->feedback.numel());
    nonzero_[i] += fed;
    const double operations = fed * static_cast<double>(neurons->recurrent->weight.size(0));
    layer.additions += operations;
    // relu(membrane) in place of spikes.
    if (!neurons->settings().recurrent_fire) layer.multiplications += operations;
  }

  Trainer& trainer_;
  Network& network_;
  std::vector<double> values_, nonzero_;
};

}  // namespace

RunCost cost_of_run(const RunCostPlan& plan, const std::function<bool(double)>& progress) {
  if (plan.samples < 1) {
    throw Error(Error::Kind::setting, "samples", "are none", "give at least 1");
  }
  const Experiment experiment = read_summary(plan.run).experiment;
  const DataSplit data = open_data(experiment.dataset);
  Trainer trainer(experiment, data);
  restore_weights(trainer, weights_in(plan.run));
  Counter counter(trainer);
  const std::int64_t all = trainer.samples_of(*data.test);
  const std::int64_t count = std::min(plan.samples, all);
  for (std::int64_t i = 0; i < count; ++i) {
    if (!progress(static_cast<double>(i) / static_cast<double>(count))) throw Interrupted{};
    counter.add(i * all / count);
  }
  return counter.means();
}

CostEnergy energy_of(const RunCost& cost, const EnergyFigures& figures) {
  constexpr double micro = 1e-6;  // of a picojoule
  CostEnergy energy;
  for (const RunCost::Layer& layer : cost.layers) {
    const double weighted = layer.multiplications;
    energy.synapses += micro * figures.synapse * (layer.additions - weighted);
    energy.weighted += micro * (figures.multiplication + figures.addition) * weighted;
    energy.updates += micro * figures.update * layer.updates;
    energy.dense += micro * (figures.multiplication + figures.addition) * layer.dense;
  }
  energy.dense_once = cost.steps > 0 ? energy.dense / cost.steps : 0.0;
  return energy;
}

}  // namespace paralif
