#include "core/recording/observer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/recording/crossing_values.h"
#include "core/recording/recorder.h"

namespace paralif {
namespace {

using torch::Tensor;

/// Sequence of one sample, (T, units), in plain memory.
Tensor plain(const Tensor& sequence) {
  return sequence.select(0, 0).flatten(1).to(torch::kCPU, torch::kFloat32).contiguous();
}

LayerActivity activity_of(const std::string& name, const Tensor& output) {
  LayerActivity layer;
  const Tensor fired = plain(output);
  layer.name = name;
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
  layer.name = "Input";
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

std::vector<float> series_of(const Tensor& sequence, std::int64_t neuron) {
  const Tensor one = plain(sequence).select(1, neuron).contiguous();
  const float* first = one.data_ptr<float>();
  return {first, first + one.numel()};
}

/// A line in the membrane's own scale: only where the rule compares the membrane itself.
bool threshold_of(const NeuronLayer* layer, std::int64_t neuron, float& threshold) {
  if (layer == nullptr) return false;
  const NeuronSettings& s = layer->settings();
  const SpikeRule rule = rule_of(s);
  const bool on_membrane = s.model == NeuronModel::lif || (rule.generator == Generator::threshold &&
                                                           rule.squash == Squash::identity);
  if (!on_membrane) return false;
  const Tensor values = layer->threshold().detach().to(torch::kCPU).reshape({-1});
  threshold = values[values.numel() > 1 ? neuron : 0].item<float>();
  return true;
}

Histogram histogram_of(const Tensor& values) {
  constexpr std::int64_t bins = 48;
  Histogram histogram;
  const Tensor flat = values.detach().to(torch::kCPU, torch::kFloat32).contiguous();
  histogram.minimum = flat.min().item<double>();
  histogram.maximum = flat.max().item<double>();
  if (!(histogram.maximum > histogram.minimum)) histogram.maximum = histogram.minimum + 1e-6;
  histogram.counts.assign(bins, 0);
  const double scale = static_cast<double>(bins) / (histogram.maximum - histogram.minimum);
  const float* value = flat.data_ptr<float>();
  for (std::int64_t i = 0; i < flat.numel(); ++i) {
    const double place = (static_cast<double>(value[i]) - histogram.minimum) * scale;
    if (!std::isfinite(place)) continue;
    ++histogram.counts[static_cast<std::size_t>(
        std::clamp(static_cast<std::int64_t>(place), std::int64_t{0}, bins - 1))];
  }
  return histogram;
}

}  // namespace

Observer::Observer(Trainer& trainer, const Experiment& experiment)
    : trainer_(trainer), experiment_(experiment), map_(trainer, experiment) {}

void Observer::set_request(const WatchRequest& request) {
  request_ = request;
  map_.set_side(request.map_side);
}

std::int64_t Observer::sample() const {
  return std::clamp(request_.sample, std::int64_t{0}, trainer_.data().test->samples() - 1);
}

Records Observer::records(Recorders which) {
  Records all;
  Moment moment(trainer_, experiment_, sample(), start_);
  for (const Recorder* recorder : recorders()) {
    if (which == Recorders::of_sample && !recorder->of_sample()) continue;
    if (!recorder->applies(trainer_.network())) continue;
    Record record = recorder->look(moment);
    record.epoch = epoch();
    if (recorder->of_sample()) record.sample = sample();
    all[std::string(recorder->id())] = std::make_shared<const Record>(std::move(record));
  }
  return all;
}

std::shared_ptr<const SampleProbe> Observer::probe() {
  const SpikeSource& source = *trainer_.data().test;
  const std::int64_t sample = this->sample();
  const SpikeBatch batch = source.batch(std::span(&sample, 1), trainer_.test_draw());
  const NetworkOutput out = trainer_.run(batch, true);
  auto probe = std::make_shared<SampleProbe>();
  probe->sample = sample;
  probe->label = source.label(sample);
  probe->predicted = trainer_.scores(out).argmax(1).item<std::int64_t>();
  probe->steps = out.readout.size(1);
  probe->time_step_s = source.step_s();
  probe->epoch = epoch();
  probe->layers.push_back(input_activity(batch));
  const std::vector<HiddenLayer>& layers = trainer_.network().hidden();
  for (std::size_t i = 0; i < out.hidden.size(); ++i) {
    probe->layers.push_back(activity_of(layers[i].name, out.hidden[i].output));
  }
  const auto hidden = static_cast<std::int64_t>(out.hidden.size());
  for (const WatchRequest::Neuron& wanted : request_.neurons) {
    if (wanted.layer < 1 || wanted.layer > hidden || wanted.neuron < 0) continue;
    const auto index = static_cast<std::size_t>(wanted.layer - 1);
    const Tensor& membrane = out.hidden[index].membrane;
    if (!membrane.defined() || wanted.neuron >= layers[index].shape.units()) continue;
    MembraneTrace trace;
    trace.layer = wanted.layer;
    trace.neuron = wanted.neuron;
    trace.name = fmt::format("{} · neuron {}", layers[index].name, wanted.neuron);
    trace.membrane = series_of(membrane, wanted.neuron);
    trace.has_threshold =
        threshold_of(layers[index].neurons, wanted.neuron, trace.threshold);
    for (const SpikeEvent& spike : probe->layers[index + 1].spikes) {
      if (spike.neuron == wanted.neuron) trace.spike_steps.push_back(spike.step);
    }
    if (const NeuronLayer* neurons = layers[index].neurons) {
      trace.crossed =
          crossing_values(*neurons, out.hidden[index], wanted.neuron, trace.spike_steps);
    }
    probe->traces.push_back(std::move(trace));
  }
  for (std::int64_t unit = 0; unit < out.readout.size(2); ++unit) {
    MembraneTrace trace;
    trace.layer = hidden + 1;
    trace.neuron = unit;
    trace.name = fmt::format("Read-out · class {}", unit);
    trace.membrane = series_of(out.readout, unit);
    const bool wanted =
        std::ranges::find(request_.neurons, WatchRequest::Neuron{hidden + 1, unit}) !=
        request_.neurons.end();
    if (wanted) probe->traces.push_back(trace);
    probe->readout.push_back(std::move(trace));
  }
  return probe;
}

std::shared_ptr<const std::vector<LayerWeights>> Observer::weights() const {
  auto all = std::make_shared<std::vector<LayerWeights>>();
  for (const auto& [name, weight] : trainer_.network().weights()) {
    all->push_back({name, histogram_of(weight)});
  }
  return all;
}

}  // namespace paralif
