// Small helpers shared by the fused operations: layout, memory, sharing out and pointers.
#pragma once

#include <ATen/Parallel.h>
#include <torch/autograd.h>
#include <torch/types.h>

#include "core/kernels/cpu/sweeps.h"
#include "core/kernels/interruption.h"

namespace paralif {

inline cpu::Shape shape_of(const torch::Tensor& x) { return {x.size(0), x.size(1), x.size(2)}; }

/// Uninitialised, contiguous; large ones in memory that earlier steps have used.
torch::Tensor reused_empty(torch::IntArrayRef sizes, const torch::TensorOptions& options);
torch::Tensor reused_like(const torch::Tensor& tensor);

/// One value a neuron, contiguous.
inline torch::Tensor per_neuron(const torch::Tensor& value, std::int64_t neurons) {
  return value.expand({neurons}).contiguous();
}

/// The array of a tensor; null when it is undefined.
template <typename T>
T* data_or_null(const torch::Tensor& tensor) {
  return tensor.defined() ? tensor.data_ptr<T>() : nullptr;
}

/// An autograd function takes no undefined tensors: an empty one stands for "none".
inline torch::Tensor or_empty(const torch::Tensor& tensor, const torch::Tensor& like) {
  return tensor.defined() ? tensor : torch::empty({0}, like.options().requires_grad(false));
}
inline torch::Tensor or_undefined(const torch::Tensor& tensor) {
  return tensor.numel() > 0 ? tensor : torch::Tensor();
}

/// Sums a gradient of one value a neuron back to the shape of the setting it belongs to.
inline torch::Tensor reduced_like(const torch::Tensor& per_sample, const torch::Tensor& setting) {
  torch::Tensor sum = per_sample.sum(0);
  if (setting.numel() == 1) sum = sum.sum();
  return sum.reshape(setting.sizes());
}

/// Shares the items of a pass out over the threads; a few items at least to each.
template <typename Pass>
void share_out(std::int64_t items, std::int64_t work_per_item, Pass&& pass) {
  throw_if_interrupted();
  const std::int64_t grain =
      std::max<std::int64_t>(1, 16384 / std::max<std::int64_t>(1, work_per_item));
  at::parallel_for(0, items, grain, pass);
}

}  // namespace paralif
