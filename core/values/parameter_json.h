// Values of parameters as JSON has them.
#pragma once

#include <nlohmann/json.hpp>

#include "core/values/parameter.h"

namespace paralif {

/// Absence is null; a value a layer is an array.
nlohmann::ordered_json json_of(const ParameterValue& value);

}  // namespace paralif
