// How a pass is cut into items: a sample and a tile of one or several vectors of neurons.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/kernels/cpu/sweeps.h"
#include "core/kernels/steps/vec.h"

namespace paralif::cpu::PARALIF_ISA {

#if defined(__AVX512F__)
inline constexpr int tile_vectors = 4;  // states and decays of 64 floats fit the 32 registers
#else
inline constexpr int tile_vectors = 2;
#endif

/// Where an item lies. `lanes` counts those of its last vector.
struct Place {
  std::int64_t sample;
  std::int64_t first;  ///< neuron
  int lanes;
  std::int64_t chunk;
};

/// The steps of a chunk, cut into blocks.
struct Span {
  std::int64_t first_block, last_block;  ///< [first, last)
  Span(const Shape& shape, const Chunks& chunks, std::int64_t chunk)
      : first_block(chunk * chunks.blocks_each),
        last_block(chunks.count == 1 ? blocks(shape)
                                     : std::min(blocks(shape), first_block + chunks.blocks_each)) {}
};

template <typename T>
struct Tiling {
  static constexpr std::int64_t wide = std::int64_t{tile_vectors} * Lanes<T>::count;

  explicit Tiling(const Shape& shape, const Chunks& cut = {})
      : neurons(shape.neurons),
        chunks(cut.count),
        wide_tiles(shape.neurons / wide),
        tiles(wide_tiles + (shape.neurons - wide_tiles * wide + Lanes<T>::count - 1) /
                               Lanes<T>::count) {}

  /// Calls body.template operator()<vectors>(place) for the items [begin, end).
  template <typename Body>
  void visit(std::int64_t begin, std::int64_t end, Body&& body) const {
    for (std::int64_t item = begin; item < end; ++item) {
      const std::int64_t chunk = item % chunks;
      const std::int64_t tile = item / chunks % tiles;
      const std::int64_t sample = item / chunks / tiles;
      if (tile < wide_tiles) {
        body.template operator()<tile_vectors>(
            Place{sample, tile * wide, Lanes<T>::count, chunk});
        continue;
      }
      const std::int64_t first = wide_tiles * wide + (tile - wide_tiles) * Lanes<T>::count;
      const auto lanes =
          static_cast<int>(std::min<std::int64_t>(Lanes<T>::count, neurons - first));
      body.template operator()<1>(Place{sample, first, lanes, chunk});
    }
  }

  std::int64_t neurons;
  std::int64_t chunks;
  std::int64_t wide_tiles;
  std::int64_t tiles;
};

/// K vectors of consecutive neurons; a single one may hold fewer than all lanes.
template <typename T, int K>
struct Pack {
  static constexpr int lane_count = Lanes<T>::count;
  Vec<T> v[K];

  static Pack fill(double value) {
    Pack p;
    for (int k = 0; k < K; ++k) p.v[k] = splat<T>(value);
    return p;
  }
  static Pack read(const T* from, int lanes) {
    Pack p;
    for (int k = 0; k < K; ++k) {
      p.v[k] = load<T>(from + k * lane_count, K > 1 ? lane_count : lanes);
    }
    return p;
  }
  /// 0 for a null array.
  static Pack read_or_zero(const T* from, std::int64_t offset, int lanes) {
    return from == nullptr ? fill(0.0) : read(from + offset, lanes);
  }
  void write(T* to, int lanes) const {
    for (int k = 0; k < K; ++k) {
      store<T>(to + k * lane_count, v[k], K > 1 ? lane_count : lanes);
    }
  }
  /// Past the caches where `stream`; the address is then aligned.
  void write(T* to, int lanes, bool stream) const {
    if (!stream) return write(to, lanes);
    for (int k = 0; k < K; ++k) store_past_caches(to + k * lane_count, v[k]);
  }
};

/// Whether the rows of an output are to be written past the caches: it is larger than they are
/// likely to be, and every vector of every row is whole and aligned.
template <typename T>
bool streams(const Shape& shape, const T* to) {
  constexpr std::int64_t larger_than_caches = 8 << 20;
  const auto bytes = static_cast<std::int64_t>(sizeof(T)) * shape.batch * shape.steps * shape.neurons;
  return bytes >= larger_than_caches && shape.neurons % Lanes<T>::count == 0 &&
         reinterpret_cast<std::uintptr_t>(to) % 64 == 0;
}

/// Asks for the lines of a pack before they are needed: rows of a tile lie too far apart for the
/// machine to guess the next ones. Addresses outside the array do no harm.
template <typename T, int K, bool to_write = false>
inline void prefetch(const T* row) {
  for (int k = 0; k < K; ++k) __builtin_prefetch(row + k * Lanes<T>::count, to_write ? 1 : 0, 2);
}

/// Results below the normal range count as zero while this lives: they cost a hundred times
/// more and are far under every tolerance.
class FlushDenormals {
 public:
#if defined(__SSE2__)
  FlushDenormals() : saved_(__builtin_ia32_stmxcsr()) { __builtin_ia32_ldmxcsr(saved_ | 0x8040U); }
  ~FlushDenormals() { __builtin_ia32_ldmxcsr(saved_); }

 private:
  unsigned saved_;
#else
  FlushDenormals() {}
  ~FlushDenormals() {}
#endif
 public:
  FlushDenormals(const FlushDenormals&) = delete;
  FlushDenormals& operator=(const FlushDenormals&) = delete;
};

}  // namespace paralif::cpu::PARALIF_ISA
