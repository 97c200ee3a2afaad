// A field's value as JSON: null where it is absent, a list where layers have their own.
#pragma once

#include <nlohmann/json.hpp>

#include "core/experiments/fields.h"

namespace paralif {

nlohmann::ordered_json json_of(const FieldValue& value);

}  // namespace paralif
