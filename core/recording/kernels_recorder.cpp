// "kernels": the weights of convolutions. An array a layer, named by its id, of shape
// (output channels, input channels, height, width); a 1-D kernel has height 1.
#include <algorithm>

#include "core/recording/recorder.h"
#include "core/recording/tensor_array.h"

namespace paralif {
namespace {

constexpr std::int64_t most_outputs = 32;
constexpr std::int64_t most_inputs = 8;
constexpr double default_side = 3.0;  // of a kernel, where its layer does not say

class KernelsRecorder final : public Recorder {
 public:
  [[nodiscard]] std::string_view id() const override { return "kernels"; }
  [[nodiscard]] Text title() const override { return marked("Kernels"); }
  [[nodiscard]] Text explanation() const override {
    return marked("The weights of convolutions, up to 32 x 8 kernels a layer.");
  }

  [[nodiscard]] bool applies(const Network& network) const override {
    for (const LayerDescription& layer : network.description().layers) {
      if (is_convolution(layer)) return true;
    }
    return false;
  }

  [[nodiscard]] Record look(Moment& moment) const override {
    Record record;
    const auto& layers = moment.network().description().layers;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      if (!is_convolution(layers[i])) continue;
      const auto parameters = moment.network().layers()[i]->named_parameters(false);
      torch::Tensor weight = parameters["weight"].detach();
      if (weight.dim() == 3) weight = weight.unsqueeze(2);
      weight = weight.slice(0, 0, most_outputs).slice(1, 0, most_inputs);
      record.arrays.push_back(array_of(layers[i].id, weight));
    }
    return record;
  }

  [[nodiscard]] std::optional<RecordSize> size(const RecordedNetwork& network) const override {
    RecordSize size;
    const auto& layers = network.network.layers;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      if (!is_convolution(layers[i])) continue;
      const SignalShape& input = i == 0 ? network.input : network.shapes[i - 1];
      const auto kernel = layers[i].values.find("kernel");
      const double side = kernel == layers[i].values.end()
                              ? default_side
                              : static_cast<double>(std::get<std::int64_t>(kernel->second));
      const auto kernels =
          static_cast<double>(std::min(network.shapes[i].channels(), most_outputs) *
                              std::min(input.channels(), most_inputs));
      size.arrays.push_back({kernels * (layers[i].kind == "conv2d" ? side * side : side)});
    }
    if (size.arrays.empty()) return std::nullopt;
    return size;
  }

 private:
  static bool is_convolution(const LayerDescription& layer) {
    return layer.kind == "conv2d" || layer.kind == "conv1d";
  }
};

}  // namespace

const Recorder& kernels_recorder() {
  static const KernelsRecorder recorder;
  return recorder;
}

}  // namespace paralif
