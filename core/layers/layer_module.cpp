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

}  // namespace paralif
