// "membranes": membrane potentials of the chosen sample, of the neurons asked for and of the read-out.
#include <algorithm>

#include "core/recording/crossing_values.h"
#include "core/recording/recorder.h"

namespace paralif {
namespace {

using torch::Tensor;

std::vector<float> series_of(const Tensor& sequence, std::int64_t neuron) {
  const Tensor one = sequence.select(0, 0).flatten(1).select(1, neuron).to(
      torch::kCPU, torch::kFloat32).contiguous();
  const float* first = one.data_ptr<float>();
  return {first, first + one.numel()};
}

/// A line in the membrane's own scale: only where the rule compares the membrane itself.
bool threshold_of(const NeuronLayer* layer, std::int64_t neuron, float& threshold) {
  if (layer == nullptr) return false;
  const NeuronSettings& s = layer->settings();
  const SpikeRule rule = rule_of(s);
  const bool on_membrane = s.model == NeuronModel::lif || (rule.spike_function == SpikeFunction::threshold &&
                                                           rule.squash == Squash::identity);
  if (!on_membrane) return false;
  const Tensor values = layer->threshold().detach().to(torch::kCPU).reshape({-1});
  threshold = values[values.numel() > 1 ? neuron : 0].item<float>();
  return true;
}

std::vector<std::int32_t> spike_steps_of(const Tensor& output, std::int64_t neuron) {
  std::vector<std::int32_t> steps;
  const std::vector<float> fired = series_of(output, neuron);
  for (std::size_t step = 0; step < fired.size(); ++step) {
    if (fired[step] > 0) steps.push_back(static_cast<std::int32_t>(step));
  }
  return steps;
}

MembraneTrace trace_of(const HiddenLayer& layer, const LayerTrace& ran,
                       const WatchRequest::Neuron& wanted) {
  MembraneTrace trace;
  trace.layer = wanted.layer;
  trace.neuron = wanted.neuron;
  trace.membrane = series_of(ran.membrane, wanted.neuron);
  trace.has_threshold = threshold_of(layer.neurons, wanted.neuron, trace.threshold);
  trace.spike_steps = spike_steps_of(ran.output, wanted.neuron);
  if (layer.neurons != nullptr) {
    trace.crossed = crossing_values(*layer.neurons, ran, wanted.neuron, trace.spike_steps);
  }
  return trace;
}

class MembranesRecorder final : public Recorder {
 public:
  [[nodiscard]] std::string_view id() const override { return "membranes"; }
  [[nodiscard]] Text title() const override { return marked("Membrane potentials"); }
  [[nodiscard]] Text explanation() const override {
    return marked(
        "Of the chosen test sample: the neurons that are watched, and each class of the "
        "read-out.");
  }
  [[nodiscard]] bool applies(const Network&) const override { return true; }
  [[nodiscard]] bool of_sample() const override { return true; }

  [[nodiscard]] Record look(Moment& moment) const override {
    SampleProbe probe = moment.sample_facts();
    const NetworkOutput& out = moment.sample_pass().output;
    const std::vector<HiddenLayer>& layers = moment.network().hidden();
    const auto hidden = static_cast<std::int64_t>(out.hidden.size());
    const auto& neurons = moment.request().neurons;
    for (const WatchRequest::Neuron& wanted : neurons) {
      if (wanted.layer < 1 || wanted.layer > hidden || wanted.neuron < 0) continue;
      const auto index = static_cast<std::size_t>(wanted.layer - 1);
      const bool there = out.hidden[index].membrane.defined() &&
                         wanted.neuron < layers[index].shape.units();
      if (there) probe.traces.push_back(trace_of(layers[index], out.hidden[index], wanted));
    }
    for (std::int64_t unit = 0; unit < out.readout.size(2); ++unit) {
      MembraneTrace trace;
      trace.layer = hidden + 1;
      trace.neuron = unit;
      trace.membrane = series_of(out.readout, unit);
      const bool wanted =
          std::ranges::find(neurons, WatchRequest::Neuron{hidden + 1, unit}) != neurons.end();
      if (wanted) probe.traces.push_back(trace);
      probe.readout.push_back(std::move(trace));
    }
    Record record;
    record.value = std::move(probe);
    return record;
  }

  [[nodiscard]] std::optional<RecordSize> size(const RecordedNetwork& network) const override {
    const double traces =
        static_cast<double>(network.classes) + static_cast<double>(network.request.neurons.size());
    const auto steps = static_cast<double>(network.input.steps);
    return RecordSize{{{steps, traces}, {0.0, traces}}, 1.0 + traces, 1.0};
  }
};

}  // namespace

const Recorder& membranes_recorder() {
  static const MembranesRecorder recorder;
  return recorder;
}

}  // namespace paralif
