#include "core/exchange/nir_weights.h"

#include <fmt/format.h>

#include "datasets/error.h"

namespace paralif {

using torch::Tensor;

void give_weights(Network& network, const ImportedNetwork& imported) {
  const torch::NoGradGuard no_grad;
  const auto& layers = network.description().layers;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const auto tensors = imported.tensors.find(layers[i].id);
    if (tensors == imported.tensors.end()) continue;
    const auto parameters = network.layers()[i]->named_parameters();
    const auto buffers = network.layers()[i]->named_buffers();
    for (const auto& [name, values] : tensors->second) {
      const Tensor* own = nullptr;
      for (const std::string& full : {name, "neuron." + name}) {  // of a layer of neurons
        if (own == nullptr) own = parameters.find(full);
        if (own == nullptr) own = buffers.find(full);
      }
      if (own == nullptr || own->numel() != static_cast<std::int64_t>(values.values.size())) {
        throw Error(Error::Kind::setting, layers[i].id,
                    fmt::format("layer \"{}\" has no '{}' of {} values", layers[i].id, name,
                                values.values.size()));
      }
      Tensor target = *own;
      target.copy_(torch::tensor(values.values, torch::kFloat64).reshape(target.sizes()));
    }
  }
}

}  // namespace paralif
