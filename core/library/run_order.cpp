#include "core/library/run_order.h"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace paralif {
namespace {

struct Key {
  bool absent = false;
  std::optional<double> number;
  std::string text;
};

Key key_of(const RunEntry& run, const RunColumn& column) {
  Key key;
  key.number = column.number(run);
  if (key.number) return key;
  key.text = column.text(run);
  for (char& c : key.text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  key.absent = key.text.empty();
  return key;
}

/// Numbers before words.
bool before(const Key& a, const Key& b) {
  if (a.number && b.number) return *a.number < *b.number;
  if (a.number.has_value() != b.number.has_value()) return a.number.has_value();
  return a.text < b.text;
}

}  // namespace

std::vector<std::size_t> order_of(const std::vector<const RunEntry*>& runs, const RunColumn& column,
                                  bool descending) {
  std::vector<Key> keys;
  keys.reserve(runs.size());
  for (const RunEntry* run : runs) keys.push_back(key_of(*run, column));
  std::vector<std::size_t> order(runs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    if (keys[a].absent || keys[b].absent) return !keys[a].absent && keys[b].absent;
    return descending ? before(keys[b], keys[a]) : before(keys[a], keys[b]);
  });
  return order;
}

}  // namespace paralif
