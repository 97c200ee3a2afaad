// Tensors and numbers as the arrays of NIR nodes. Private to the export.
#pragma once

#include <torch/types.h>

#include <vector>

#include "core/values/spike_rule.h"
#include "datasets/hdf5_file.h"

namespace paralif::nir {

using torch::Tensor;

inline constexpr double out_of_reach = 1e9;  // a threshold that nothing passes

inline Array<double> array_of(const Tensor& tensor) {
  const Tensor plain = tensor.detach().to(torch::kCPU, torch::kFloat64).contiguous();
  const double* const first = plain.data_ptr<double>();
  return {{plain.sizes().begin(), plain.sizes().end()}, {first, first + plain.numel()}};
}

inline Array<double> scalar(double value) { return {{}, {value}}; }
inline Array<double> pair(std::int64_t of) { return {{2}, std::vector<double>(2, static_cast<double>(of))}; }
inline Array<double> extents(const std::vector<std::int64_t>& shape) {
  return {{static_cast<std::int64_t>(shape.size())}, {shape.begin(), shape.end()}};
}

/// The membrane at which a squashed one passes the threshold.
inline Tensor on_membrane(const Tensor& theta, Squash squash) {
  const auto limited = [](const Tensor& values, const Tensor& low, const Tensor& high) {
    return torch::where(high, torch::full_like(values, out_of_reach),
                        torch::where(low, torch::full_like(values, -out_of_reach), values));
  };
  switch (squash) {
    case Squash::identity:
      return theta;
    case Squash::sigmoid:
      return limited(torch::logit(theta), theta <= 0, theta >= 1);
    case Squash::tanh:
      return limited(torch::atanh(theta), theta <= -1, theta >= 1);
    case Squash::relu_tanh:
      return limited(torch::atanh(theta), theta < 0, theta >= 1);
  }
  return theta;
}

}  // namespace paralif::nir
