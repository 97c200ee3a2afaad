// Results of a running-time comparison as a table for the terminal.
#pragma once

#include <string>

#include "core/timing/timing_results.h"

namespace paralif::cli {

/// Medians by length and curve, a sparkline of each curve, speed-ups at the longest length, what
/// failed, warnings and the machine. Ends with a line break.
std::string timing_table(const TimingResults& results);

/// One of eight bars a value, on a logarithmic scale from the least to the most; a space where a
/// value is not finite.
std::string sparkline(const std::vector<double>& values, double least, double most);

}  // namespace paralif::cli
