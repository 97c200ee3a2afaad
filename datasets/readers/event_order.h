// Events whose times do not fit their place.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace paralif {

/// The fewest events without which the times never decrease, by their places: what is left is a
/// longest run that does not decrease. A single time stamp far ahead is thus one event, not all
/// those after it. n log n steps.
std::vector<std::size_t> out_of_order(std::span<const double> times);

/// Gives the events at these places (ascending) the time of the event before them that is in
/// order, or of the one after where there is none: in a stream the place tells when an event was,
/// where its time cannot.
void retime_by_place(std::span<double> times, std::span<const std::size_t> places);

}  // namespace paralif
