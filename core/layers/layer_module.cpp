#include "core/layers/layer_module.h"

namespace paralif {

torch::Tensor without_time(const torch::Tensor& x) {
  return x.flatten(0, 1);
}

torch::Tensor with_time(const torch::Tensor& x, const torch::Tensor& like) {
  std::vector<std::int64_t> sizes{like.size(0), like.size(1)};
  for (std::int64_t d = 1; d < x.dim(); ++d) sizes.push_back(x.size(d));
  return x.reshape(sizes);
}

torch::Tensor rounded(const torch::Tensor& x, Precision precision) {
  const bool rounds = precision == Precision::bfloat16 && x.defined() &&
                      x.scalar_type() == torch::kFloat32;
  return rounds ? x.to(torch::kBFloat16) : x;
}

torch::Tensor unrounded(const torch::Tensor& x) {
  return x.scalar_type() == torch::kBFloat16 ? x.to(torch::kFloat32) : x;
}

}  // namespace paralif
