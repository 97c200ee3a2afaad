// The layers of an experiment's network, without building it.
#pragma once

#include <cstdint>

#include "core/experiments/experiment.h"
#include "core/values/network_description.h"

namespace paralif {

/// The experiment's layers or, where it has none, its dense network. Throws Error(setting).
NetworkDescription network_of(const Experiment& experiment, std::int64_t classes);

}  // namespace paralif
