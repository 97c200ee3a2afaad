// The shape of what flows from layer to layer for one sample.
#pragma once

#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

namespace paralif {

/// `steps` time steps of a block of features: {units}, {channels, length} or
/// {channels, height, width}. As a tensor: (batch, steps, features...).
struct SignalShape {
  std::int64_t steps = 0;  ///< 0: another number for every batch
  std::vector<std::int64_t> features;

  [[nodiscard]] std::int64_t units() const {
    return std::accumulate(features.begin(), features.end(), std::int64_t{1}, std::multiplies<>());
  }
  [[nodiscard]] std::int64_t channels() const { return features.empty() ? 0 : features.front(); }

  bool operator==(const SignalShape&) const = default;
};

/// "128 x 17 x 17", "128".
inline std::string features_text(const SignalShape& shape) {
  std::string text;
  for (const std::int64_t size : shape.features) {
    text += (text.empty() ? "" : " x ") + std::to_string(size);
  }
  return text;
}

}  // namespace paralif
