// Matrices and kernels of a network, for tests that look at what was learned.
#pragma once

#include "core/layers/layer_module.h"
#include "core/networks/network.h"

namespace paralif::testing {

/// Those between layers, in their order; what is recurrent within a layer is not among them.
inline std::vector<torch::Tensor> weights_of(const Network& network) {
  std::vector<torch::Tensor> all;
  for (const auto& layer : network.layers()) {
    const auto parameters = layer->named_parameters(false);
    const torch::Tensor* weight = parameters.find("weight");
    if (weight != nullptr && weight->dim() >= 2) all.push_back(*weight);
  }
  return all;
}

}  // namespace paralif::testing
