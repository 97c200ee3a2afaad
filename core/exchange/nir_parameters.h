// Reading the parameters of a NIR node. Private to the interpreter and
// the import.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "core/exchange/nir_nodes.h"
#include "datasets/error.h"

namespace paralif::nir {

[[noreturn]] inline void refuse(const NirNode& node, const std::string& problem) {
  throw Error::shown_as(Error::Kind::setting, node.name,
                        fmt::format("node '{}' ({})", node.name, node.type), problem);
}

inline std::string text_of(const Shape& shape) {
  std::string text;
  for (const std::int64_t extent : shape) text += (text.empty() ? "" : " x ") + std::to_string(extent);
  return text.empty() ? "a scalar" : text;
}

inline const Array<double>& needed(const NirNode& node, const char* key) {
  const Array<double>* found = node.find(key);
  if (found == nullptr) refuse(node, fmt::format("has no '{}'", key));
  return *found;
}

/// One value for every unit, from one or as many; `absent` where there is none (NaN: refused).
inline Values spread(const NirNode& node, const char* key, std::int64_t size, double absent = NAN) {
  const Array<double>* found = node.find(key);
  if (found == nullptr) {
    if (std::isnan(absent)) refuse(node, fmt::format("has no '{}'", key));
    return Values(static_cast<std::size_t>(size), absent);
  }
  if (found->values.size() == 1) return Values(static_cast<std::size_t>(size), found->values[0]);
  if (static_cast<std::int64_t>(found->values.size()) != size) {
    refuse(node, fmt::format("has {} values of '{}' for {} units", found->values.size(), key, size));
  }
  return found->values;
}


/// One number; `absent` where there is none.
inline double single(const NirNode& node, const char* key, double absent) {
  const Array<double>* found = node.find(key);
  if (found == nullptr) return absent;
  if (found->values.size() == 1) return found->values.front();
  refuse(node, fmt::format("has {} values for '{}'", found->values.size(), key));
}

/// A whole number, at least `least`; one that an int64 does not hold is none.
inline std::int64_t checked(const NirNode& node, const char* key, double value, std::int64_t least) {
  constexpr double most = 1e9;
  const bool whole = value == std::floor(value) && std::abs(value) <= most;
  if (!whole || value < static_cast<double>(least)) {
    refuse(node, fmt::format("has {} for '{}'", value, key));
  }
  return static_cast<std::int64_t>(value);
}

inline std::int64_t whole_number(const NirNode& node, const char* key, double absent, std::int64_t least) {
  return checked(node, key, single(node, key, absent), least);
}

/// One number from a scalar or from an extent for each side, which must be the same.
inline std::int64_t square(const NirNode& node, const char* key, double absent, std::int64_t least = 1) {
  const Array<double>* found = node.find(key);
  if (found == nullptr || found->values.size() == 1) return whole_number(node, key, absent, least);
  if (found->values.empty()) refuse(node, fmt::format("has no values of '{}'", key));
  for (const double side : found->values) {
    if (side != found->values.front()) refuse(node, fmt::format("has a '{}' that is not square", key));
  }
  return checked(node, key, found->values.front(), least);
}

Made convolution(const NirNode& node, const Shape& input, int rank);
Made pool(const NirNode& node, const Shape& input, bool mean);

}  // namespace paralif::nir
