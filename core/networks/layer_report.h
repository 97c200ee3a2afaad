// What is known of every layer of a network before it is built: shape, cost, or what is wrong.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/layers/layer_kind.h"
#include "core/values/network_description.h"
#include "core/values/signal_shape.h"

namespace paralif {

struct LayerReport {
  std::optional<SignalShape> output;  ///< nothing behind a layer that does not fit
  LayerCost cost;
  std::string problem;  ///< a sentence; empty: nothing is wrong
  std::string key;      ///< of the parameter the problem is about; empty: of the whole layer
};

/// One a layer. Where the input is not known, values are checked and shapes are not.
std::vector<LayerReport> report_layers(const NetworkDescription& network,
                                       const std::optional<SignalShape>& input);

}  // namespace paralif
