#include "core/training/batch_plan.h"

#include <algorithm>
#include <numeric>

#include "core/values/counter_random.h"

namespace paralif {

std::int64_t BatchPlan::batches() const {
  const std::int64_t whole = samples / batch_size;
  if (drop_last && whole > 0) return whole;
  return (samples + batch_size - 1) / batch_size;
}

std::int64_t BatchPlan::visited() const { return std::min(samples, batches() * batch_size); }

std::vector<std::int64_t> BatchPlan::batch(std::int64_t epoch, std::int64_t index) const {
  const auto order = epoch_order(samples, keyed(key, static_cast<std::uint64_t>(epoch)));
  const std::int64_t first = std::min(samples, index * batch_size);
  const std::int64_t count = std::min(batch_size, samples - first);
  const std::int64_t from = first + count * share.rank / share.world;
  const std::int64_t to = first + count * (share.rank + 1) / share.world;
  return {order.begin() + from, order.begin() + to};
}

std::int64_t BatchPlan::share_of(std::int64_t index) const {
  const std::int64_t count = std::min(batch_size, samples - std::min(samples, index * batch_size));
  return count * (share.rank + 1) / share.world - count * share.rank / share.world;
}

std::vector<std::int64_t> epoch_order(std::int64_t samples, std::uint64_t key) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(samples));
  std::iota(order.begin(), order.end(), std::int64_t{0});
  for (std::size_t i = order.size(); i > 1; --i) {  // Fisher and Yates
    std::swap(order[i - 1], order[keyed(key, i) % i]);
  }
  return order;
}

}  // namespace paralif
