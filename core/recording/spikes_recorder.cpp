// "spikes": every spike of the chosen sample, in the input and in each layer of neurons that fire.
#include <algorithm>

#include "core/recording/recorder.h"

namespace paralif {
namespace {

using torch::Tensor;

LayerActivity activity_of(const std::string& id, const Tensor& output) {
  LayerActivity layer;
  const Tensor fired =
      output.select(0, 0).flatten(1).to(torch::kCPU, torch::kFloat32).contiguous();  // (T, units)
  layer.id = id;
  layer.neurons = fired.size(1);
  const float* at = fired.data_ptr<float>();
  for (std::int64_t step = 0; step < fired.size(0); ++step) {
    for (std::int64_t neuron = 0; neuron < layer.neurons; ++neuron, ++at) {
      if (*at > 0) {
        layer.spikes.push_back(
            {static_cast<std::int32_t>(step), static_cast<std::int32_t>(neuron)});
      }
    }
  }
  layer.rate = static_cast<double>(layer.spikes.size()) /
               static_cast<double>(std::max<std::int64_t>(1, fired.numel()));
  return layer;
}

LayerActivity input_activity(const SpikeBatch& batch) {
  LayerActivity layer;
  layer.id = "input";
  layer.neurons = batch.inputs;
  for (std::int64_t step = 0; step < batch.steps; ++step) {
    const auto row = static_cast<std::size_t>(step);
    for (std::int64_t at = batch.row_start[row]; at < batch.row_start[row + 1]; ++at) {
      layer.spikes.push_back(
          {static_cast<std::int32_t>(step), batch.unit[static_cast<std::size_t>(at)]});
    }
  }
  layer.rate = batch.density();
  return layer;
}

class SpikesRecorder final : public Recorder {
 public:
  [[nodiscard]] std::string_view id() const override { return "spikes"; }
  [[nodiscard]] Text title() const override { return marked("Spikes"); }
  [[nodiscard]] Text explanation() const override {
    return marked("Every spike of the chosen test sample, in the input and in each layer.");
  }
  [[nodiscard]] bool applies(const Network&) const override { return true; }
  [[nodiscard]] bool of_sample() const override { return true; }

  [[nodiscard]] Record look(Moment& moment) const override {
    SampleProbe probe = moment.sample_facts();
    const Moment::Pass& pass = moment.sample_pass();
    probe.layers.push_back(input_activity(pass.batch));
    const std::vector<HiddenLayer>& layers = moment.network().hidden();
    for (std::size_t i = 0; i < pass.output.hidden.size(); ++i) {
      probe.layers.push_back(activity_of(layers[i].id, pass.output.hidden[i].output));
    }
    Record record;
    record.value = std::move(probe);
    return record;
  }

  /// Of spikes that are not known yet: see expected_rate.
  [[nodiscard]] std::optional<RecordSize> size(const RecordedNetwork& network) const override {
    RecordSize size{{}, 1.0, 1.0};
    const auto add = [&](const SignalShape& shape) {
      const double cells = static_cast<double>(shape.units()) * static_cast<double>(network.input.steps);
      // Two numbers a spike; in order of time, the first packs to next to nothing.
      size.arrays.push_back({expected_rate * cells, 1.0});
      size.groups += 1.0;
    };
    add(network.input);
    for (const std::size_t i : network.spiking_layers()) add(network.shapes[i]);
    return size;
  }
};

}  // namespace

const Recorder& spikes_recorder() {
  static const SpikesRecorder recorder;
  return recorder;
}

}  // namespace paralif
