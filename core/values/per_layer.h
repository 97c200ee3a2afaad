// A setting of the network's layers: one value for all of them, or one a layer.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

namespace paralif {

template <typename T>
class PerLayer {
 public:
  /// One for all layers.
  template <typename U>
    requires std::convertible_to<U, T>
  PerLayer(U value) : values_{T(value)} {}  // NOLINT(google-explicit-constructor)
  PerLayer(std::initializer_list<T> values) : values_(values) {}
  explicit PerLayer(std::vector<T> values) : values_(std::move(values)) {}

  /// Of a layer, counted from 0; the last value stands for layers after it.
  [[nodiscard]] T of(std::size_t layer) const {
    return values_.empty() ? T{} : values_[std::min(layer, values_.size() - 1)];
  }
  [[nodiscard]] const std::vector<T>& values() const { return values_; }
  [[nodiscard]] bool single() const { return values_.size() == 1; }
  [[nodiscard]] bool all(const T& value) const {
    return std::ranges::all_of(values_, [&](const T& one) { return one == value; });
  }
  [[nodiscard]] bool any(const T& value) const {
    return std::ranges::any_of(values_, [&](const T& one) { return one == value; });
  }

  bool operator==(const PerLayer&) const = default;

 private:
  std::vector<T> values_;
};

}  // namespace paralif
