#include "core/recording/recording_costs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/encoding/expected_input.h"
#include "core/encoding/spike_source.h"
#include "core/networks/infer_shapes.h"
#include "core/recording/recorder.h"
#include "core/training/layers_of.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/error.h"

namespace paralif {
namespace {

constexpr std::string_view keep_key = "recording.keep";
constexpr std::string_view keep_all = "all";
constexpr std::string_view keep_none = "none";

/// What HDF5 needs beside the values, measured on files of runs. Arrays of more than 256 values are
/// stored in compressed chunks with an index of their own.
constexpr double bytes_of_file = 2800.0;
constexpr double bytes_of_group = 1100.0;
constexpr double bytes_of_array = 450.0;
constexpr double bytes_of_chunks = 2500.0;
constexpr double values_of_chunk = 256.0;
constexpr double packed = 0.5;  ///< of spikes, membranes and weights
constexpr double bytes_of_value = 4.0;

double bytes_of(const RecordSize& size) {
  double bytes = bytes_of_group * size.groups;
  for (const RecordSize::Arrays& one : size.arrays) {
    const double values = bytes_of_value * one.values;
    bytes += one.count * (bytes_of_array + (one.values > values_of_chunk
                                                ? bytes_of_chunks + packed * values
                                                : values));
  }
  return bytes;
}

/// Where the data does not say how many there are.
constexpr std::int64_t expected_classes = 10;
constexpr std::int64_t image_steps = 32;

std::int64_t steps_of(const DatasetSettings& settings, DataKind kind) {
  if (kind == DataKind::points) return settings.steps;
  if (kind == DataKind::images) return image_steps;
  if (settings.bins) return *settings.bins;
  return std::max<std::int64_t>(1, std::llround(expected_seconds / settings.window_s));
}

std::vector<std::string> ids_of(const std::string& keep) {
  std::vector<std::string> ids;
  if (keep == keep_none) return ids;
  std::string id;
  for (const char c : keep + ",") {
    if (c == ',') {
      if (!id.empty()) ids.push_back(std::exchange(id, {}));
    } else if (c != ' ') {
      id += c;
    }
  }
  return ids;
}

std::optional<RecordedNetwork> recorded_network(const Experiment& experiment,
                                                const WatchRequest& request) {
  const Dataset* entry = find_dataset(experiment.dataset.name);
  const std::optional<SignalShape> input = expected_input(experiment.dataset);
  if (entry == nullptr || !input) return std::nullopt;
  RecordedNetwork recorded;
  recorded.classes = entry->classes > 0 ? entry->classes : expected_classes;
  recorded.network = network_of(experiment, recorded.classes);
  recorded.input = *input;
  // The dense network takes all inputs in a row.
  if (experiment.network.layers.layers.empty()) recorded.input.features = {input->units()};
  recorded.input.steps = steps_of(experiment.dataset, entry->kind);
  recorded.shapes = infer_shapes(recorded.network, recorded.input);
  recorded.on_plane = entry->kind == DataKind::points;
  recorded.request = request;
  return recorded;
}

}  // namespace

std::vector<std::size_t> RecordedNetwork::spiking_layers() const {
  std::vector<std::size_t> spiking;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const LayerDescription& layer = network.layers[i];
    if (layer.kind != "neuron" && layer.kind != "recurrent_neuron") continue;
    const auto fire = layer.values.find("fire");
    const bool* fires = fire == layer.values.end() ? nullptr : std::get_if<bool>(&fire->second);
    if (fires == nullptr || *fires) spiking.push_back(i);
  }
  return spiking;
}

bool keeps(const RecordingSettings& recording, std::string_view id) {
  if (recording.keep == keep_all) return true;
  const std::vector<std::string> ids = ids_of(recording.keep);
  return std::ranges::find(ids, id) != ids.end();
}

void check_recording(const RecordingSettings& recording) {
  if (recording.keep == keep_all) return;
  for (const std::string& id : ids_of(recording.keep)) {
    if (find_recorder(id) != nullptr) continue;
    std::string known;
    for (const Recorder* one : recorders()) known += fmt::format(", {}", one->id());
    throw Error(Error::Kind::setting, std::string(keep_key),
                fmt::format("'{}' is no recorder", id),
                fmt::format("choose {}, {}{}", keep_all, keep_none, known));
  }
}

std::vector<RecordingCost> recording_costs(const Experiment& experiment,
                                           const WatchRequest& request) {
  check_recording(experiment.recording);
  std::vector<RecordingCost> costs;
  const std::optional<RecordedNetwork> network = recorded_network(experiment, request);
  if (!network) return costs;
  bool sample_run = false;  // its pass is shared, and counted once
  for (const Recorder* recorder : recorders()) {
    const std::optional<RecordSize> size = recorder->size(*network);
    if (!size) continue;
    RecordingCost cost{std::string(recorder->id()), recorder->title(), recorder->explanation()};
    cost.kept = keeps(experiment.recording, recorder->id());
    cost.bytes = bytes_of(*size);
    cost.passes = size->passes;
    if (recorder->of_sample()) {
      if (sample_run) cost.passes = 0.0;
      sample_run = sample_run || cost.kept;
    }
    costs.push_back(std::move(cost));
  }
  return costs;
}

double recorded_epoch_bytes(const std::vector<RecordingCost>& costs) {
  double bytes = 0.0;
  for (const RecordingCost& cost : costs) bytes += cost.kept ? cost.bytes : 0.0;
  return bytes > 0 ? bytes + bytes_of_file : 0.0;
}

bool records_epoch(const Experiment& experiment, std::int64_t epoch) {
  const std::int64_t every = experiment.recording.every;
  if (every < 1 || ids_of(experiment.recording.keep).empty()) return false;
  return epoch % every == 0 || epoch >= experiment.training.epochs;
}

std::int64_t recorded_epoch_count(const Experiment& experiment) {
  if (!records_epoch(experiment, experiment.training.epochs)) return 0;
  const std::int64_t every = experiment.recording.every;
  return (experiment.training.epochs + every - 1) / every;
}

SampleCounts count_samples(const Experiment& experiment) {
  DatasetSettings settings = experiment.dataset;
  settings.preload = false;
  const DataSplit data = open_data(settings);
  const std::int64_t most = experiment.training.debug
                                ? 2 * experiment.training.batch_size
                                : std::numeric_limits<std::int64_t>::max();
  return {std::min(most, data.train->samples()), std::min(most, data.test->samples())};
}

double share_of_epoch(double passes, const SampleCounts& samples) {
  return passes / std::max(1.0, passes_of_epoch(samples.training, samples.test));
}

double passes_of_epoch(std::int64_t training_samples, std::int64_t test_samples) {
  return 3.0 * static_cast<double>(training_samples) + static_cast<double>(test_samples);
}

}  // namespace paralif
