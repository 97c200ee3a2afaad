#include "core/library/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/experiments/fields.h"
#include "core/values/counter_random.h"

namespace paralif {
namespace {

constexpr std::int64_t most_ways = 200'000;

/// Not a result that has a flag's name, nor the title, which is made of the others.
bool is_setting(const RunColumn& column) {
  const Field* field = find_field(column.key);
  return field != nullptr && field->key == column.key && column.key != "title";
}

/// Ways to choose k of n, at most one more than most_ways.
std::int64_t ways(std::size_t n, std::size_t k) {
  double count = 1.0;
  for (std::size_t i = 1; i <= std::min(k, n - k); ++i) {
    count = count * static_cast<double>(n - i + 1) / static_cast<double>(i);
    if (count > static_cast<double>(most_ways)) return most_ways + 1;
  }
  return std::llround(count);
}

/// The next subset of the same size in order; false after the last.
bool next_subset(std::vector<std::size_t>& chosen, std::size_t n) {
  for (std::size_t i = chosen.size(); i-- > 0;) {
    if (chosen[i] == n - chosen.size() + i) continue;
    ++chosen[i];
    for (std::size_t j = i + 1; j < chosen.size(); ++j) chosen[j] = chosen[j - 1] + 1;
    return true;
  }
  return false;
}

}  // namespace

std::vector<Difference> differences(std::span<const RunEntry> runs) {
  std::vector<Difference> found;
  for (const RunColumn& column : run_columns()) {
    if (!is_setting(column) && column.key != "network") continue;
    Difference difference{&column, {}};
    for (const RunEntry& run : runs) difference.values.push_back(column.text(run));
    const bool same = std::ranges::all_of(
        difference.values, [&](const auto& value) { return value == difference.values.front(); });
    if (!same) found.push_back(std::move(difference));
  }
  // Of dense networks the neuron's own name says it.
  const bool named = std::ranges::any_of(
      found, [](const Difference& d) { return d.column->key == "neuron.name"; });
  const bool dense = std::ranges::none_of(
      runs, [](const RunEntry& run) { return run_column("neuron.name").text(run).empty(); });
  if (named && dense) {
    std::erase_if(found, [](const Difference& d) { return d.column->key == "network"; });
  }
  return found;
}

std::vector<RunGroup> groups_of(std::span<const RunEntry> runs) {
  std::vector<Difference> differing = differences(runs);
  std::erase_if(differing, [](const Difference& d) { return d.column->key == "seed"; });
  std::vector<bool> telling;  // not only that a setting has no effect in some
  for (const Difference& difference : differing) {
    std::vector<std::string> values = difference.values;
    std::erase(values, std::string());
    telling.push_back(std::ranges::any_of(
        values, [&](const std::string& value) { return value != values.front(); }));
  }
  std::vector<RunGroup> groups;
  std::map<std::vector<std::string>, std::size_t> places;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    std::vector<std::string> values;
    for (const Difference& difference : differing) values.push_back(difference.values[i]);
    const auto [at, is_new] = places.emplace(values, groups.size());
    if (is_new) {
      std::vector<std::string> words;
      for (std::size_t d = 0; d < values.size(); ++d) {
        if (telling[d] && !values[d].empty()) words.push_back(values[d]);
      }
      groups.push_back({words.empty() ? runs[i].title : fmt::format("{}", fmt::join(words, ", ")),
                        {}});
    }
    groups[at->second].runs.push_back(i);
  }
  return groups;
}

PermutationTest permutation_test(std::span<const double> a, std::span<const double> b) {
  PermutationTest test;
  if (a.empty() || b.empty()) return test;
  std::vector<double> all(a.begin(), a.end());
  all.insert(all.end(), b.begin(), b.end());
  const double total = std::accumulate(all.begin(), all.end(), 0.0);
  const auto n = static_cast<double>(all.size());
  const auto size = static_cast<double>(a.size());
  // The means differ as the first group's sum does from its expectation.
  const double expected = total * size / n;
  const double observed = std::abs(std::accumulate(a.begin(), a.end(), 0.0) - expected);
  const double nearly = observed - 1e-12 * std::max(1.0, std::abs(total));
  std::int64_t extreme = 0;
  std::int64_t looked = 0;
  test.exact = ways(all.size(), a.size()) <= most_ways;
  if (test.exact) {
    std::vector<std::size_t> chosen(a.size());
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    do {
      double sum = 0.0;
      for (const std::size_t i : chosen) sum += all[i];
      extreme += std::abs(sum - expected) >= nearly ? 1 : 0;
      ++looked;
    } while (next_subset(chosen, all.size()));
  } else {
    test.drawn = most_ways;
    extreme = 1;
    looked = 1;
    for (std::int64_t draw = 1; draw < most_ways; ++draw) {
      double sum = 0.0;
      for (std::size_t i = 0; i < a.size(); ++i) {  // Fisher-Yates, as far as it matters
        const double share = uniform_at(keyed(0x7e57, static_cast<std::uint64_t>(draw)), i);
        const auto rest = static_cast<double>(all.size() - i);
        std::swap(all[i], all[i + static_cast<std::size_t>(share * rest)]);
        sum += all[i];
      }
      extreme += std::abs(sum - expected) >= nearly ? 1 : 0;
      ++looked;
    }
  }
  test.p = static_cast<double>(extreme) / static_cast<double>(looked);
  return test;
}

}  // namespace paralif
