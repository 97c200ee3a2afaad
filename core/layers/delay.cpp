#include "core/layers/delay.h"

namespace paralif {

using torch::Tensor;

Tensor random_delays(std::int64_t units, std::int64_t largest, const std::string& distribution,
                     torch::Generator generator) {
  if (distribution == "uniform") {
    return torch::randint(0, largest + 1, {units}, generator, torch::kInt64);
  }
  const double deviation = static_cast<double>(largest / 2);
  const Tensor normal = torch::randn({units}, generator, torch::kFloat64) * deviation;
  return normal.abs().clamp(0, static_cast<double>(largest)).to(torch::kInt64);
}

Tensor delayed(const Tensor& x, const Tensor& delays, std::int64_t largest) {
  const std::int64_t length = x.size(1) + largest;
  const Tensor padded = torch::constant_pad_nd(x, {0, 0, largest, largest}, 0);
  const Tensor from = torch::arange(length, delays.options()).unsqueeze(1) - delays + largest;
  return padded.gather(1, from.unsqueeze(0).expand({x.size(0), length, x.size(2)}));
}

}  // namespace paralif
