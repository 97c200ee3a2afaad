// "feature_maps": spikes of one sample where they have a place in space. An array a layer of
// neurons, named by its id, and "input" first; shape (windows of time, channels, height, width),
// spikes counted in each window.
#include <algorithm>

#include "core/networks/dense_input.h"
#include "core/recording/recorder.h"
#include "core/recording/tensor_array.h"

namespace paralif {
namespace {

constexpr std::int64_t most_windows = 16;
constexpr std::int64_t most_channels = 16;
constexpr const char* unit = "spikes a window of time";

/// (T, C, H, W) or (T, C, L) as counts of at most `most_windows` equal windows; the last is shorter.
torch::Tensor windows_of(torch::Tensor spikes) {
  if (spikes.dim() == 3) spikes = spikes.unsqueeze(2);
  spikes = spikes.slice(1, 0, most_channels);
  const std::int64_t steps = spikes.size(0);
  const std::int64_t each = (steps + most_windows - 1) / most_windows;
  std::vector<torch::Tensor> windows;
  for (std::int64_t first = 0; first < steps; first += each) {
    windows.push_back(spikes.slice(0, first, std::min(steps, first + each)).sum(0));
  }
  return torch::stack(windows);
}

class FeatureMapsRecorder final : public Recorder {
 public:
  [[nodiscard]] std::string_view id() const override { return "feature_maps"; }
  [[nodiscard]] Text title() const override { return marked("Feature maps"); }
  [[nodiscard]] Text explanation() const override {
    return marked(
        "Spikes of the chosen test sample by channel and place, counted in windows of time.");
  }
  [[nodiscard]] bool of_sample() const override { return true; }

  [[nodiscard]] bool applies(const Network& network) const override {
    return std::ranges::any_of(network.hidden(), [](const HiddenLayer& layer) {
      return layer.shape.features.size() >= 2;
    });
  }

  [[nodiscard]] Record look(Moment& moment) const override {
    Record record;
    const Moment::Pass& pass = moment.sample_pass();
    const Network& network = moment.network();
    if (network.input().features.size() >= 2) {
      std::vector<std::int64_t> sizes{pass.batch.steps};
      sizes.insert(sizes.end(), network.input().features.begin(), network.input().features.end());
      record.arrays.push_back(
          array_of("input", windows_of(dense_input(pass.batch).select(0, 0).reshape(sizes)), unit));
    }
    for (std::size_t i = 0; i < network.hidden().size(); ++i) {
      const HiddenLayer& layer = network.hidden()[i];
      if (layer.shape.features.size() < 2) continue;
      record.arrays.push_back(
          array_of(layer.id, windows_of(pass.output.hidden[i].output.detach().select(0, 0)), unit));
    }
    return record;
  }

  [[nodiscard]] std::optional<RecordSize> size(const RecordedNetwork& network) const override {
    RecordSize size;
    size.passes = 1.0;
    const auto add = [&](const SignalShape& shape) {
      if (shape.features.size() < 2) return;
      // Nearly all counts are 0 and pack away: what is left goes with the spikes.
      const auto channels = static_cast<double>(shape.channels());
      size.arrays.push_back({expected_rate * static_cast<double>(network.input.steps) *
                             static_cast<double>(shape.units()) *
                             std::min(1.0, static_cast<double>(most_channels) / channels)});
    };
    for (const std::size_t i : network.spiking_layers()) add(network.shapes[i]);
    if (size.arrays.empty()) return std::nullopt;
    add(network.input);
    return size;
  }
};

}  // namespace

const Recorder& feature_maps_recorder() {
  static const FeatureMapsRecorder recorder;
  return recorder;
}

}  // namespace paralif
