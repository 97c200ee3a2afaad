// Linear layers whose input is mostly zero, as differentiable Torch operations.
//
// Spikes are gathered event by event: forward adds up the weight rows of the units that fired,
// backward adds each row of the gradient to those of the units that fired. float32 or float64 on
// the CPU; sums are made in a fixed order, whatever the number of threads.
#pragma once

#include <torch/types.h>

#include "core/values/spike_batch.h"

namespace paralif {

/// Events a bin from which on a dense product is faster, for a layer with this many outputs.
/// Measured; see docs/performance.md.
double dense_from_density(std::int64_t outputs);

/// Whether a batch is better taken event by event than as a matrix.
bool events_pay(const SpikeBatch& batch, std::int64_t outputs);

/// input x weight^T + bias. input (B, T, inputs), weight (outputs, inputs), bias (outputs).
/// Chooses the product by the density of the input, of which it samples some rows.
torch::Tensor spike_linear(const torch::Tensor& input, const torch::Tensor& weight,
                           const torch::Tensor& bias);

/// The same with the product chosen: `sparse` or dense.
torch::Tensor spike_linear(const torch::Tensor& input, const torch::Tensor& weight,
                           const torch::Tensor& bias, bool sparse);

/// A batch of events, which has no gradient, into a Linear: (samples, steps, outputs).
torch::Tensor event_linear(const SpikeBatch& batch, const torch::Tensor& weight,
                           const torch::Tensor& bias);

}  // namespace paralif
