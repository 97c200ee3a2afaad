// "kernels": the weights of convolutions. An array a layer, named by its id, of shape
// (output channels, input channels, height, width); a 1-D kernel has height 1.
#include "core/recording/recorder.h"
#include "core/recording/tensor_array.h"

namespace paralif {
namespace {

constexpr std::int64_t most_outputs = 32;
constexpr std::int64_t most_inputs = 8;

class KernelsRecorder final : public Recorder {
 public:
  [[nodiscard]] std::string_view id() const override { return "kernels"; }

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
