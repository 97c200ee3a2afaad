// Training steps, set up.
#pragma once

#include <memory>

#include "core/bench/probe.h"

namespace paralif::bench {

std::unique_ptr<Probe> training_probe(const TrainingStep& request);

}  // namespace paralif::bench
