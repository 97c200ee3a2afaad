// "weights": how the weights between layers are spread. For each matrix or kernel, by its layer's id:
// "<id>.counts" (48 bins), how many weights lie in each, and "<id>.range" (2), the smallest and the
// largest weight, between which the bins lie. The labels are the ids of the layers of neurons (or of
// the read-out, the last layer) that each of them leads to.
#include <algorithm>
#include <cmath>

#include "core/recording/recorder.h"

namespace paralif {
namespace {

using torch::Tensor;

constexpr std::int64_t bins = 48;

void add_histogram(Record& record, const std::string& id, const Tensor& weight) {
  const Tensor flat = weight.detach().to(torch::kCPU, torch::kFloat32).contiguous();
  const auto minimum = flat.min().item<double>();
  auto maximum = flat.max().item<double>();
  if (!(maximum > minimum)) maximum = minimum + 1e-6;
  RecordArray counts{id + ".counts", {bins}, std::vector<float>(bins), "weights"};
  const double scale = static_cast<double>(bins) / (maximum - minimum);
  const float* const value = flat.data_ptr<float>();
  for (std::int64_t i = 0; i < flat.numel(); ++i) {
    const double place = (static_cast<double>(value[i]) - minimum) * scale;
    if (!std::isfinite(place)) continue;
    counts.values[static_cast<std::size_t>(
        std::clamp(static_cast<std::int64_t>(place), std::int64_t{0}, bins - 1))] += 1.0F;
  }
  record.arrays.push_back(std::move(counts));
  record.arrays.push_back(
      {id + ".range", {2}, {static_cast<float>(minimum), static_cast<float>(maximum)}});
}

class WeightsRecorder final : public Recorder {
 public:
  [[nodiscard]] std::string_view id() const override { return "weights"; }
  [[nodiscard]] Text title() const override { return marked("Weights"); }
  [[nodiscard]] Text explanation() const override {
    return marked("How the weights of each layer are spread, as histograms.");
  }
  [[nodiscard]] bool applies(const Network&) const override { return true; }

  [[nodiscard]] Record look(Moment& moment) const override {
    Record record;
    const Network& network = moment.network();
    const auto& layers = network.description().layers;
    std::size_t waiting = 0;  // matrices so far to the layer of neurons that comes next
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const auto parameters = network.layers()[i]->named_parameters(false);
      const Tensor* weight = parameters.find("weight");
      if (weight != nullptr && weight->dim() >= 2) {
        add_histogram(record, layers[i].id, *weight);
        ++waiting;
      }
      if (!network.layers()[i]->fires() && i + 1 < layers.size()) continue;
      record.labels.insert(record.labels.end(), waiting, layers[i].id);
      waiting = 0;
    }
    return record;
  }

  [[nodiscard]] std::optional<RecordSize> size(const RecordedNetwork& network) const override {
    const auto matrices = static_cast<double>(
        std::ranges::count_if(network.network.layers, [](const LayerDescription& layer) {
          return layer.kind == "linear" || layer.kind.starts_with("conv");
        }));
    return RecordSize{{{static_cast<double>(bins), matrices}, {2.0, matrices}}, 1.0, 0.0};
  }
};

}  // namespace

const Recorder& weights_recorder() {
  static const WeightsRecorder recorder;
  return recorder;
}

}  // namespace paralif
