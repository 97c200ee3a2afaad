// The numbers that matrix products and convolutions are computed with.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace paralif {

enum class Precision : std::uint8_t {
  float32,
  /// Inputs and weights rounded to 8 significant bits, sums in float32. Spikes stay exact.
  bfloat16
};

constexpr std::string_view to_string(Precision precision) {
  return precision == Precision::bfloat16 ? "bfloat16" : "float32";
}

constexpr std::optional<Precision> precision_named(std::string_view name) {
  if (name == "float32") return Precision::float32;
  if (name == "bfloat16") return Precision::bfloat16;
  return std::nullopt;
}

}  // namespace paralif
