// Products with spikes (gather, scatter) and dense rows. Included once for each instruction set.
#pragma once

#include <vector>

#include "core/kernels/cpu/linear_args.h"
#include "core/kernels/cpu/tiles.h"

namespace paralif::cpu::PARALIF_ISA {

#if defined(__AVX512F__)
inline constexpr int gather_vectors = 8;   // sums of 128 floats
inline constexpr int scatter_vectors = 4;
inline constexpr int block_rows = 6;
inline constexpr int block_vectors = 4;  // 24 sums and 4 weights fit the 32 registers
#else
inline constexpr int gather_vectors = 4;
inline constexpr int scatter_vectors = 2;
inline constexpr int block_rows = 3;
inline constexpr int block_vectors = 2;
#endif

/// The events of a row; values null: every one counts 1.
template <typename T>
struct Events {
  std::int64_t count;
  const std::int32_t* unit;
  const T* value;
};

/// Walks over rows of spikes, whichever form they come in.
template <typename T>
class RowReader {
 public:
  explicit RowReader(const SpikeRows<T>& rows)
      : rows_(rows),
        units_(rows.dense != nullptr ? static_cast<std::size_t>(rows.inputs + 16) : 0),
        values_(units_.size()) {}

  Events<T> row(std::int64_t r) {
    if (rows_.dense != nullptr) return scanned(rows_.dense + r * rows_.inputs);
    const std::int64_t first = rows_.row_start[r];
    const std::int64_t count = rows_.row_start[r + 1] - first;
    if (rows_.value == nullptr) return {count, rows_.unit + first, nullptr};
    if (static_cast<std::size_t>(count) > values_.size()) {
      values_.resize(static_cast<std::size_t>(count));
    }
    for (std::int64_t i = 0; i < count; ++i) {
      values_[static_cast<std::size_t>(i)] = static_cast<T>(rows_.value[first + i]);
    }
    return {count, rows_.unit + first, values_.data()};
  }

 private:
  Events<T> scanned(const T* row) {
    std::int64_t count = 0;
    std::int64_t i = 0;
    std::int32_t* const units = units_.data();
    T* const values = values_.data();
#if defined(__AVX512F__)
    if constexpr (sizeof(T) == 4) {
      __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
      for (; i + 16 <= rows_.inputs; i += 16) {
        const __m512 v = _mm512_loadu_ps(row + i);
        const __mmask16 set = _mm512_cmp_ps_mask(v, _mm512_setzero_ps(), _CMP_NEQ_UQ);
        if (set != 0) {
          _mm512_storeu_si512(units + count, _mm512_maskz_compress_epi32(set, lane));
          _mm512_storeu_ps(values + count, _mm512_maskz_compress_ps(set, v));
          count += __builtin_popcount(set);
        }
        lane = _mm512_add_epi32(lane, _mm512_set1_epi32(16));
      }
    }
#endif
    for (; i < rows_.inputs; ++i) {
      units[count] = static_cast<std::int32_t>(i);
      values[count] = row[i];
      count += row[i] != 0 ? 1 : 0;
    }
    return {count, units, values};
  }

  SpikeRows<T> rows_;
  std::vector<std::int32_t> units_;
  std::vector<T> values_;
};

template <typename T, int K>
void gather_columns(const GatherRows<T>& a, const Events<T>& events, std::int64_t row,
                    std::int64_t column, int lanes) {
  using P = Pack<T, K>;
  P sum = P::read(a.bias + column, lanes);
  const T* const weight = a.weight + column;
  for (std::int64_t e = 0; e < events.count; ++e) {
    const P w = P::read(weight + events.unit[e] * a.stride, lanes);
    if (events.value == nullptr) {
      for (int k = 0; k < K; ++k) sum.v[k] += w.v[k];
    } else {
      const Vec<T> value = Vec<T>{} + events.value[e];
      for (int k = 0; k < K; ++k) sum.v[k] += value * w.v[k];
    }
  }
  sum.write(a.output + row * a.outputs + column, lanes);
}

template <typename T>
void gather(const GatherRows<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  constexpr int lanes = Lanes<T>::count;
  RowReader<T> reader(a.spikes);
  const std::int64_t last = std::min(a.spikes.rows, end * row_panel);
  for (std::int64_t row = begin * row_panel; row < last; ++row) {
    const Events<T> events = reader.row(row);
    std::int64_t column = 0;
    for (; column + gather_vectors * lanes <= a.outputs; column += gather_vectors * lanes) {
      gather_columns<T, gather_vectors>(a, events, row, column, lanes);
    }
    if (column + gather_vectors / 2 * lanes <= a.outputs) {
      gather_columns<T, gather_vectors / 2>(a, events, row, column, lanes);
      column += gather_vectors / 2 * lanes;
    }
    for (; column < a.outputs; column += lanes) {
      gather_columns<T, 1>(a, events, row, column,
                           static_cast<int>(std::min<std::int64_t>(lanes, a.outputs - column)));
    }
  }
}

template <typename T, int K>
void scatter_columns(const ScatterRows<T>& a, std::int64_t part, std::int64_t column, int lanes) {
  using P = Pack<T, K>;
  RowReader<T> reader(a.spikes);
  const std::int64_t first = a.spikes.rows * part / a.parts;
  const std::int64_t last = a.spikes.rows * (part + 1) / a.parts;
  T* const sums = a.grad_weight + part * a.spikes.inputs * a.stride + column;
  P bias = P::fill(0.0);
  for (std::int64_t row = first; row < last; ++row) {
    const P g = P::read(a.grad + row * a.outputs + column, lanes);
    for (int k = 0; k < K; ++k) bias.v[k] += g.v[k];
    const Events<T> events = reader.row(row);
    for (std::int64_t e = 0; e < events.count; ++e) {
      T* const to = sums + events.unit[e] * a.stride;
      P sum = P::read(to, lanes);
      if (events.value == nullptr) {
        for (int k = 0; k < K; ++k) sum.v[k] += g.v[k];
      } else {
        const Vec<T> value = Vec<T>{} + events.value[e];
        for (int k = 0; k < K; ++k) sum.v[k] += value * g.v[k];
      }
      sum.write(to, lanes);
    }
  }
  bias.write(a.grad_bias + part * a.stride + column, lanes);
}

/// Columns in wide tiles, then one vector each.
template <typename T>
struct ColumnTiles {
  static constexpr std::int64_t lanes = Lanes<T>::count;
  explicit ColumnTiles(std::int64_t columns)
      : wide(columns / (scatter_vectors * lanes)),
        all(wide + (columns - wide * scatter_vectors * lanes + lanes - 1) / lanes) {}
  std::int64_t wide, all;
};

template <typename T>
std::int64_t column_tiles(std::int64_t outputs) {
  return ColumnTiles<T>(outputs).all;
}

template <typename T>
void scatter(const ScatterRows<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  constexpr int lanes = Lanes<T>::count;
  const ColumnTiles<T> tiles(a.outputs);
  for (std::int64_t item = begin; item < end; ++item) {
    const std::int64_t part = item / tiles.all;
    const std::int64_t tile = item % tiles.all;
    if (tile < tiles.wide) {
      scatter_columns<T, scatter_vectors>(a, part, tile * scatter_vectors * lanes, lanes);
      continue;
    }
    const std::int64_t column = tiles.wide * scatter_vectors * lanes + (tile - tiles.wide) * lanes;
    scatter_columns<T, 1>(a, part, column,
                          static_cast<int>(std::min<std::int64_t>(lanes, a.outputs - column)));
  }
}

/// R rows times K vectors of columns, the sums in registers.
template <typename T, int R, int K>
void dense_block(const DenseRows<T>& a, std::int64_t row, std::int64_t column, int lanes,
                 bool stream) {
  using P = Pack<T, K>;
  P sum[R];
  for (int r = 0; r < R; ++r) {
    sum[r] = a.bias == nullptr ? P::fill(0.0) : P::read(a.bias + column, Lanes<T>::count);
  }
  const T* const x = a.input + row * a.inputs;
  const T* w = a.weight + column;
  for (std::int64_t i = 0; i < a.inputs; ++i, w += a.stride) {
    const P weight = P::read(w, Lanes<T>::count);
    for (int r = 0; r < R; ++r) {
      const Vec<T> value = Vec<T>{} + x[r * a.inputs + i];
      for (int k = 0; k < K; ++k) sum[r].v[k] += value * weight.v[k];
    }
  }
  for (int r = 0; r < R; ++r) {
    sum[r].write(a.output + (row + r) * a.outputs + column, lanes, stream);
  }
}

template <typename T, int K>
void dense_columns(const DenseRows<T>& a, std::int64_t first, std::int64_t last,
                   std::int64_t column, int lanes, bool stream) {
  std::int64_t row = first;
  for (; row + block_rows <= last; row += block_rows) {
    dense_block<T, block_rows, K>(a, row, column, lanes, stream);
  }
  for (; row < last; ++row) dense_block<T, 1, K>(a, row, column, lanes, stream);
}

template <typename T>
void dense(const DenseRows<T>& a, std::int64_t begin, std::int64_t end) {
  const FlushDenormals flush;
  constexpr int lanes = Lanes<T>::count;
  const bool stream = streams(Shape{1, a.rows, a.outputs}, a.output);
  for (std::int64_t panel = begin; panel < end; ++panel) {
    const std::int64_t first = panel * row_panel;
    const std::int64_t last = std::min(a.rows, first + row_panel);
    std::int64_t column = 0;
    for (; column + block_vectors * lanes <= a.outputs; column += block_vectors * lanes) {
      dense_columns<T, block_vectors>(a, first, last, column, lanes, stream);
    }
    for (; column < a.outputs; column += lanes) {
      dense_columns<T, 1>(a, first, last, column,
                          static_cast<int>(std::min<std::int64_t>(lanes, a.outputs - column)),
                          stream);
    }
  }
  finish_stores();
}

}  // namespace paralif::cpu::PARALIF_ISA
