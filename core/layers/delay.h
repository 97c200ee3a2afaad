// Fixed random delays after a layer: each unit's output arrives some whole steps later.
#pragma once

#include <torch/types.h>

#include <string>

namespace paralif {

/// Draws `units` delays in 0..largest: "normal" |N(0, largest // 2)| cut at the largest, or
/// "uniform". int64 (units).
torch::Tensor random_delays(std::int64_t units, std::int64_t largest,
                            const std::string& distribution, torch::Generator generator);

/// Delays every unit of (B, T, N) by its own number of steps; the result has T + largest steps.
torch::Tensor delayed(const torch::Tensor& x, const torch::Tensor& delays, std::int64_t largest);

}  // namespace paralif
