// Maximum over windows that do not overlap, as a differentiable Torch operation.
#pragma once

#include <torch/types.h>

namespace paralif {

/// x (..., H, W) to (..., H / height, W / width), rounded down; what does not fill a window at the
/// far borders is left out. The gradient of a window goes to its first largest value in row order,
/// as in torch::max_pool2d, whose values this has; a byte an output is kept for it in place of
/// eight. float32 or float64.
torch::Tensor max_pool(const torch::Tensor& x, std::int64_t height, std::int64_t width);

}  // namespace paralif
