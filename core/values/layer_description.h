// A layer as a file or a form describes it: plain values, checked by its kind.
#pragma once

#include <map>
#include <string>

#include "core/values/parameter.h"

namespace paralif {

struct LayerDescription {
  std::string id;    ///< unique in its network: letters, digits, '_' and '-'
  std::string kind;  ///< "linear", "conv2d", ...
  std::map<std::string, ParameterValue> values;  ///< by key; those left out are the defaults

  bool operator==(const LayerDescription&) const = default;
};

}  // namespace paralif
