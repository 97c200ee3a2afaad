// Random numbers as a function of a key and a counter: no state, so that any thread draws the
// same number for the same element, in any order.
#pragma once

#include <cstdint>

namespace paralif {

/// Mixes 64 bits (the finaliser of SplitMix64; Steele, Lea and Flood, 2014).
constexpr std::uint64_t mixed(std::uint64_t z) {
  z += 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

/// A key of its own for each part of a computation: fold in what tells it apart, one by one.
constexpr std::uint64_t keyed(std::uint64_t key, std::uint64_t part) {
  return mixed(key ^ mixed(part));
}

/// Uniform in [0, 1) with 53 bits.
constexpr double uniform_at(std::uint64_t key, std::uint64_t counter) {
  return static_cast<double>(keyed(key, counter) >> 11) * 0x1.0p-53;
}

}  // namespace paralif
