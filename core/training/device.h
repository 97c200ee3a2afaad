// The device of an experiment as a Torch device.
#pragma once

#include <torch/types.h>

#include <string>

namespace paralif {

/// "cpu", "cuda" or "cuda:N". Throws Error(device) where this build or machine has none.
torch::Device device_named(const std::string& name);

}  // namespace paralif
