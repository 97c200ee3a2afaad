// "layers": how each layer of neurons works, over some test samples. An array a quantity, one value
// for each layer of neurons that fire and one for the read-out, the network's last layer; the labels
// are their ids.
//   rate                  spikes a neuron and step
//   spikes                a sample
//   neurons               of the layer
//   silent                neurons without any spike in all samples
//   saturated             neurons that fire in at least 95 % of all steps
//   synaptic_operations   a sample: additions of a weight that spikes cause on the way to the layer
//   gradient_norm         of the weights on the way to the layer, at the last batch; NaN before it
#include <cmath>

#include "core/networks/dense_input.h"
#include "core/neurons/neuron_layer.h"
#include "core/recording/recorder.h"
#include "core/recording/tensor_array.h"

namespace paralif {
namespace {

constexpr double nearly_every_step = 0.95;

/// Sums over the layers between two layers of neurons, in order.
struct Way {
  double operations = 0.0;
  double squared_gradient = 0.0;
  bool has_gradient = false;
};

double squared(const torch::Tensor& gradient) {
  return gradient.detach().to(torch::kFloat64).square().sum().item<double>();
}

class LayersRecorder final : public Recorder {
 public:
  [[nodiscard]] std::string_view id() const override { return "layers"; }
  [[nodiscard]] Text title() const override { return marked("Layers"); }
  [[nodiscard]] Text explanation() const override {
    return marked(
        "Rates, silent and saturated neurons, synaptic operations and gradients of each layer.");
  }
  [[nodiscard]] bool applies(const Network&) const override { return true; }

  [[nodiscard]] Record look(Moment& moment) const override {
    const Network& network = moment.network();
    const Moment::Pass& pass = moment.examples();
    const auto samples = static_cast<double>(pass.batch.samples);
    Columns columns;
    Way way;
    std::size_t hidden = 0;
    for (std::size_t i = 0; i < network.layers().size(); ++i) {
      const LayerModule& layer = *network.layers()[i];
      add_to(way, layer, input_of(pass, i));
      if (!layer.fires()) continue;
      const LayerTrace& trace = pass.output.hidden[hidden++];
      if (trace.feedback.defined() && layer.neurons() != nullptr && layer.neurons()->recurrent) {
        way.operations += trace.feedback.count_nonzero().item<double>() *
                          static_cast<double>(layer.neurons()->recurrent->weight.size(0));
      }
      columns.labels.push_back(network.description().layers[i].id);
      columns.add(way, samples, trace.output.detach());
      way = {};
    }
    columns.labels.push_back(network.description().layers.back().id);
    columns.add(way, samples, {});
    return columns.record();
  }

  [[nodiscard]] std::optional<RecordSize> size(const RecordedNetwork& network) const override {
    constexpr double quantities = 7.0;
    return RecordSize{{{static_cast<double>(network.spiking_layers().size() + 1), quantities}},
                      1.0,
                      static_cast<double>(Moment::examples_at_most)};
  }

 private:
  static torch::Tensor input_of(const Moment::Pass& pass, std::size_t layer) {
    const auto& inputs = pass.output.inputs;
    if (layer < inputs.size() && inputs[layer].defined()) return inputs[layer].detach();
    return dense_input(pass.batch);  // the first layer took the events themselves
  }

  static void add_to(Way& way, const LayerModule& layer, const torch::Tensor& input) {
    way.operations += layer.synaptic_operations(input);
    for (const auto& parameter : layer.named_parameters()) {
      if (!parameter.key().ends_with("weight") || !parameter.value().grad().defined()) continue;
      way.squared_gradient += squared(parameter.value().grad());
      way.has_gradient = true;
    }
  }

  struct Columns {
    std::vector<std::string> labels;
    RecordArray rate{"rate", {}, {}, "spikes a neuron and time step"};
    RecordArray spikes{"spikes", {}, {}, "spikes a sample"};
    RecordArray neurons{"neurons", {}, {}, "neurons"};
    RecordArray silent{"silent", {}, {}, "neurons"};
    RecordArray saturated{"saturated", {}, {}, "neurons"};
    RecordArray operations{"synaptic_operations", {}, {}, "additions a sample"};
    RecordArray gradient{"gradient_norm", {}, {}};

    void add(const Way& way, double samples, const torch::Tensor& output) {
      const auto push = [](RecordArray& to, double value) {
        to.values.push_back(static_cast<float>(value));
      };
      push(operations, way.operations / samples);
      push(gradient, way.has_gradient ? std::sqrt(way.squared_gradient) : std::nan(""));
      if (!output.defined()) {
        for (RecordArray* none : {&rate, &spikes, &silent, &saturated}) push(*none, std::nan(""));
        push(neurons, std::nan(""));
        return;
      }
      // (B, T, N): spikes of each neuron over samples and steps.
      const torch::Tensor fired = (output.flatten(2) > 0).to(torch::kFloat32);
      const torch::Tensor counts = fired.sum(std::vector<std::int64_t>{0, 1});
      const auto steps = static_cast<double>(fired.size(0) * fired.size(1));
      push(rate, counts.sum().item<double>() / steps / static_cast<double>(counts.numel()));
      push(spikes, counts.sum().item<double>() / samples);
      push(neurons, static_cast<double>(counts.numel()));
      push(silent, (counts == 0).sum().item<double>());
      push(saturated, (counts >= nearly_every_step * steps).sum().item<double>());
    }

    Record record() {
      Record all;
      all.labels = std::move(labels);
      for (RecordArray* column : {&rate, &spikes, &neurons, &silent, &saturated,
                                  &operations, &gradient}) {
        column->shape = {static_cast<std::int64_t>(column->values.size())};
        all.arrays.push_back(std::move(*column));
      }
      return all;
    }
  };
};

}  // namespace

const Recorder& layers_recorder() {
  static const LayersRecorder recorder;
  return recorder;
}

}  // namespace paralif
