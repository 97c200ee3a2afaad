#include "core/neurons/initialisation.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

namespace paralif {

const std::vector<std::string>& initialisations() {
  static const std::vector<std::string> names{"pytorch", "kaiming_uniform", "kaiming_relu",
                                              "xavier_uniform", "zero",           "published"};
  return names;
}

torch::Generator weight_generator(std::uint64_t seed) {
  return at::make_generator<at::CPUGeneratorImpl>(seed);
}

void initialise(torch::Tensor weight, torch::Tensor bias, std::string_view scheme,
                torch::Generator generator) {
  const torch::NoGradGuard no_grad;
  const auto fan_in = static_cast<double>(weight.numel() / weight.size(0));
  const auto fan_out = static_cast<double>(weight.numel() / weight.size(1));
  double bound = 1.0 / std::sqrt(fan_in);
  if (scheme == "published") {
    weight.uniform_(-bound, bound, generator);
    if (bias.defined()) bias.uniform_(-bound, bound, generator);
  }
  if (scheme == "kaiming_uniform" || scheme == "published") bound = std::sqrt(3.0 / fan_in);
  if (scheme == "kaiming_relu") bound = std::sqrt(6.0 / fan_in);
  if (scheme == "xavier_uniform") bound = std::sqrt(6.0 / (fan_in + fan_out));
  if (scheme == "zero") {
    weight.zero_();
  } else {
    weight.uniform_(-bound, bound, generator);
  }
  if (!bias.defined()) return;
  if (scheme == "pytorch") {
    bias.uniform_(-bound, bound, generator);
  } else {
    bias.zero_();
  }
}

}  // namespace paralif
