// What a training would keep of its epochs and at what cost, as a table or JSON.
#pragma once

#include "core/experiments/experiment.h"

namespace paralif::cli {

/// Opens the data for the number of its samples; trains nothing. Throws Error.
void print_recording(const Experiment& experiment, bool json);

}  // namespace paralif::cli
