// The products of a Linear layer with spikes or dense rows on the CPU: raw pointers, no Torch.
//
// Weights lie input by input: row i holds what input i sends to every output, `stride` values of
// which the first `outputs` count and the rest are 0 (stride is a multiple of 16, so that every
// vector is whole).
#pragma once

#include <cstdint>

namespace paralif::cpu {

/// Rows of input, mostly zero: as events (see SpikeBatch) or as a dense matrix to be scanned.
template <typename T>
struct SpikeRows {
  std::int64_t rows = 0;
  std::int64_t inputs = 0;
  const T* dense = nullptr;                 ///< (rows, inputs); null: events
  const std::int64_t* row_start = nullptr;  ///< rows + 1 values
  const std::int32_t* unit = nullptr;
  const float* value = nullptr;  ///< null: every event counts 1
};

/// output = spikes x weight + bias, row by row.
template <typename T>
struct GatherRows {
  SpikeRows<T> spikes;
  std::int64_t outputs = 0;
  std::int64_t stride = 0;
  const T* weight = nullptr;  ///< (inputs, stride)
  const T* bias = nullptr;    ///< (stride)
  T* output = nullptr;        ///< (rows, outputs)
};

/// grad_weight = spikes^T x grad, and the column sums of grad. The rows are cut into `parts`,
/// each with sums of its own, so that the order of additions does not depend on the threads.
template <typename T>
struct ScatterRows {
  SpikeRows<T> spikes;
  std::int64_t outputs = 0;
  std::int64_t stride = 0;
  std::int64_t parts = 1;
  const T* grad = nullptr;   ///< (rows, outputs)
  T* grad_weight = nullptr;  ///< (parts, inputs, stride), added to
  T* grad_bias = nullptr;    ///< (parts, stride), written
};

/// output = input x weight + bias, dense.
template <typename T>
struct DenseRows {
  std::int64_t rows = 0;
  std::int64_t inputs = 0;
  std::int64_t outputs = 0;
  std::int64_t stride = 0;
  const T* input = nullptr;   ///< (rows, inputs)
  const T* weight = nullptr;  ///< (inputs, stride)
  const T* bias = nullptr;    ///< (stride); null: 0
  T* output = nullptr;        ///< (rows, outputs)
};

inline constexpr std::int64_t row_panel = 96;  ///< rows of an item of a product
constexpr std::int64_t row_panels(std::int64_t rows) { return (rows + row_panel - 1) / row_panel; }

/// The products of one instruction set; items are panels of rows.
template <typename T>
struct LinearSweeps {
  void (*gather)(const GatherRows<T>&, std::int64_t begin, std::int64_t end);
  void (*dense)(const DenseRows<T>&, std::int64_t begin, std::int64_t end);
  /// Items: parts x column tiles, in this many tiles for a stride.
  void (*scatter)(const ScatterRows<T>&, std::int64_t begin, std::int64_t end);
  std::int64_t (*column_tiles)(std::int64_t stride);
};

/// The best set this machine can run.
template <typename T>
const LinearSweeps<T>& linear_sweeps();

}  // namespace paralif::cpu
