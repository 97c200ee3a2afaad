// Reading the parameters of a NIR node. Private to the interpreter.
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

Made convolution(const NirNode& node, const Shape& input, int rank);
Made pool(const NirNode& node, const Shape& input, bool mean);

}  // namespace paralif::nir
