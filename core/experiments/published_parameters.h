// An experiment under the names of the published run script, as its result files keep it.
#pragma once

#include <string>

#include "core/experiments/experiment.h"

namespace paralif {

/// A JSON object: every flag of the table with its value.
std::string published_parameters(const Experiment& experiment);

}  // namespace paralif
