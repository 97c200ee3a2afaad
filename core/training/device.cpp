#include "core/training/device.h"

#include <fmt/format.h>
#include <torch/cuda.h>

#include "datasets/error.h"

namespace paralif {

torch::Device device_named(const std::string& name) {
  if (name == "cpu") return torch::kCPU;
  if (!torch::cuda::is_available()) {
    throw Error(Error::Kind::device, "device",
                fmt::format("'{}' cannot be used: this LibTorch finds no NVIDIA GPU", name),
                "choose cpu");
  }
  const torch::Device device(name);
  const auto count = static_cast<int>(torch::cuda::device_count());
  if (device.has_index() && device.index() >= count) {
    throw Error(Error::Kind::device, "device",
                fmt::format("'{}' is absent: there are {} GPUs, counted from 0", name, count),
                "choose another one");
  }
  return device;
}

}  // namespace paralif
