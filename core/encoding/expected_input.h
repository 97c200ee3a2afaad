// The inputs of a network before its data is opened.
#pragma once

#include <optional>

#include "core/encoding/dataset_settings.h"
#include "core/values/signal_shape.h"

namespace paralif {

/// As they lie in space, for recordings of the published sensor; steps are left open. Nothing for
/// an unknown dataset.
std::optional<SignalShape> expected_input(const DatasetSettings& settings);

}  // namespace paralif
