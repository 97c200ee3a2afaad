#include "core/exchange/nir_fidelity.h"

#include <algorithm>
#include <cmath>

#include "core/encoding/spike_source.h"
#include "core/exchange/nir_interpreter.h"
#include "core/kernels/interruption.h"
#include "core/networks/dense_input.h"

namespace paralif {
namespace {

using torch::Tensor;

/// One sample as the graph takes it, with as many steps as the network's output has.
Array<double> input_of(const SpikeBatch& batch, const SignalShape& shape, std::int64_t steps) {
  Tensor dense = dense_input(batch).select(0, 0).to(torch::kFloat64);
  if (steps > dense.size(0)) dense = torch::constant_pad_nd(dense, {0, 0, 0, steps - dense.size(0)});
  dense = dense.contiguous();
  const double* const first = dense.data_ptr<double>();
  Array<double> input{{steps}, {first, first + dense.numel()}};
  input.shape.insert(input.shape.end(), shape.features.begin(), shape.features.end());
  return input;
}

/// (1, T, units)
Tensor sequence_of(const NirTrace& trace, std::int64_t steps) {
  return torch::tensor(trace.values, torch::kFloat64).reshape({1, steps, -1});
}

class Comparison {
 public:
  Comparison(Trainer& trainer, const NirGraph& graph,
             const std::map<std::string, std::string>& nodes, double time_step_s)
      : trainer_(trainer), graph_(graph), nodes_(nodes), time_step_s_(time_step_s) {
    for (const HiddenLayer& layer : trainer.network().hidden()) result.layers.push_back({layer.id});
  }

  void add(std::int64_t sample) {
    const SpikeSource& source = *trainer_.data().test;
    const SpikeBatch batch = source.batch(std::span(&sample, 1), trainer_.test_draw());
    const NetworkOutput out = trainer_.run(batch, false);
    const std::int64_t steps = out.readout.size(1);
    const NirRun run =
        run_nir(graph_, input_of(batch, trainer_.network().input(), steps), time_step_s_);
    for (std::size_t i = 0; i < out.hidden.size(); ++i) {
      const Tensor ours = out.hidden[i].output.detach().flatten(2).gt(0);
      const Tensor theirs = sequence_of(run.nodes.at(nodes_.at(result.layers[i].id)), ours.size(1)).gt(0);
      result.layers[i].equal += ours.eq(theirs).to(torch::kFloat64).mean().item<double>();
      result.layers[i].spikes += ours.sum().item<double>();
    }
    NetworkOutput graph;
    graph.readout = sequence_of(run.nodes.at(run.output), steps).to(out.readout.dtype());
    const Tensor difference = (graph.readout - out.readout).abs();
    largest_ = std::max(largest_, out.readout.abs().max().item<double>());
    result.readout_error = std::max(result.readout_error, difference.max().item<double>());
    const auto right = [&](const NetworkOutput& output) {
      return trainer_.scores(output).argmax(1).item<std::int64_t>() == source.label(sample) ? 1 : 0;
    };
    result.network_accuracy += right(out);
    result.graph_accuracy += right(graph);
    ++result.samples;
  }

  NirFidelity means() {
    const auto count = static_cast<double>(std::max<std::int64_t>(1, result.samples));
    result.network_accuracy /= count;
    result.graph_accuracy /= count;
    for (auto& layer : result.layers) {
      layer.equal = result.samples == 0 ? 1.0 : (layer.equal - 1.0) / count;
      layer.spikes /= count;
    }
    if (largest_ > 0) result.readout_error /= largest_;
    return result;
  }

  NirFidelity result;

 private:
  Trainer& trainer_;
  const NirGraph& graph_;
  const std::map<std::string, std::string>& nodes_;
  double time_step_s_;
  double largest_ = 0.0;
};

}  // namespace

NirFidelity fidelity_of(Trainer& trainer, const NirGraph& graph,
                        const std::map<std::string, std::string>& nodes, double time_step_s,
                        std::int64_t samples, const std::function<bool(double)>& progress) {
  Comparison comparison(trainer, graph, nodes, time_step_s);
  comparison.result.time_step_s = time_step_s;
  comparison.result.nodes = graph.nodes.size();
  const std::int64_t all = trainer.samples_of(*trainer.data().test);
  const std::int64_t count = std::min(samples, all);
  for (std::int64_t i = 0; i < count; ++i) {
    if (!progress(static_cast<double>(i) / static_cast<double>(count))) throw Interrupted{};
    comparison.add(i * all / count);
  }
  return comparison.means();
}

}  // namespace paralif
