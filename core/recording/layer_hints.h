// Layers whose neurons do not work as they should, as sentences for people.
#pragma once

#include <string>
#include <vector>

#include "core/values/record.h"

namespace paralif {

struct LayerHint {
  std::string key;  ///< the same for the same trouble of a layer, such as "0 silent"
  std::string text;
};

/// From a record of the "layers" recorder; nothing where fewer than a tenth of a layer's neurons
/// are silent or saturated. `names` are those of the layers of neurons, in order.
std::vector<LayerHint> layer_hints(const Record& layers, const std::vector<std::string>& names);

}  // namespace paralif
