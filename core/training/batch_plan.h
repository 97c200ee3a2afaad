// Which samples an epoch visits, in what order, and which of them are this process's share.
#pragma once

#include <cstdint>
#include <vector>

namespace paralif {

/// One of several processes that train the same network on shares of every batch.
struct Rank {
  std::int64_t rank = 0;
  std::int64_t world = 1;
};

struct BatchPlan {
  std::int64_t samples = 0;
  std::int64_t batch_size = 64;
  bool drop_last = false;  ///< leave out the last batch where it is incomplete
  std::uint64_t key = 0;   ///< decides the order of every epoch
  Rank share{};

  /// At least one where there are samples.
  [[nodiscard]] std::int64_t batches() const;
  /// Samples that an epoch visits, of all processes.
  [[nodiscard]] std::int64_t visited() const;
  /// This process's part of a batch, counted from 0, of an epoch, counted from 1.
  [[nodiscard]] std::vector<std::int64_t> batch(std::int64_t epoch, std::int64_t index) const;
  /// How many samples that is; 0 where a batch has fewer than there are processes.
  [[nodiscard]] std::int64_t share_of(std::int64_t index) const;
};

/// 0 .. samples - 1 in an order that the key decides.
std::vector<std::int64_t> epoch_order(std::int64_t samples, std::uint64_t key);

}  // namespace paralif
