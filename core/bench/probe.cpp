#include "core/bench/probe.h"

#include <algorithm>
#include <chrono>
#include <limits>

namespace paralif::bench {

std::string published_backend(const std::string& neuron) {
  return neuron.starts_with("ParaLIF") ? "fft" : "sequential";
}

double time_ms(Probe& probe) {
  const auto start = std::chrono::steady_clock::now();
  probe.run();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

double Samples::median_ms() const {
  if (ms.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::vector<double> sorted = ms;
  std::ranges::sort(sorted);
  const std::size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

double Samples::least_ms() const {
  return ms.empty() ? std::numeric_limits<double>::quiet_NaN() : *std::ranges::min_element(ms);
}

}  // namespace paralif::bench
