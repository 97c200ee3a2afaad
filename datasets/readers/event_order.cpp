#include "datasets/readers/event_order.h"

#include <algorithm>
#include <cstdint>

namespace paralif {

std::vector<std::size_t> out_of_order(std::span<const double> times) {
  if (std::ranges::is_sorted(times)) return {};
  // Patience sorting: ends[k] is the last event of the run of length k + 1 that ends earliest.
  constexpr std::uint32_t none = ~std::uint32_t{0};
  std::vector<std::uint32_t> ends;
  std::vector<std::uint32_t> before(times.size(), none);
  for (std::uint32_t event = 0; event < times.size(); ++event) {
    auto place = ends.end();
    if (!ends.empty() && times[event] < times[ends.back()]) {
      place = std::ranges::upper_bound(ends, times[event], {},
                                       [&](std::uint32_t end) { return times[end]; });
    }
    if (place != ends.begin()) before[event] = *(place - 1);
    if (place == ends.end()) {
      ends.push_back(event);
    } else {
      *place = event;
    }
  }
  std::vector<bool> in_order(times.size(), false);
  for (std::uint32_t event = ends.back(); event != none; event = before[event]) {
    in_order[event] = true;
  }
  std::vector<std::size_t> places;
  for (std::size_t event = 0; event < times.size(); ++event) {
    if (!in_order[event]) places.push_back(event);
  }
  return places;
}

void retime_by_place(std::span<double> times, std::span<const std::size_t> places) {
  std::size_t first_in_order = 0;
  while (first_in_order < places.size() && places[first_in_order] == first_in_order) {
    ++first_in_order;
  }
  for (const std::size_t place : places) {
    times[place] = place < first_in_order ? times[first_in_order] : times[place - 1];
  }
}

}  // namespace paralif
