// A convolution over random spikes, ready to time.
#pragma once

#include <memory>

#include "core/bench/probe.h"

namespace paralif::bench {

std::unique_ptr<Probe> convolution_probe(const ConvolutionPass& request);

}  // namespace paralif::bench
