#include "core/experiments/bench/probe.h"

#include <algorithm>
#include <chrono>
#include <limits>

namespace paralif::bench {

std::string published_evaluation(const std::string& neuron) {
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

std::vector<Samples> interleaved(const std::vector<Probe*>& probes, const Repetitions& repetitions,
                                 const OnSample& on_sample) {
  std::vector<Samples> all(probes.size());
  std::vector<double> spent_s(probes.size(), 0.0);
  for (int round = -repetitions.warm_up; round < repetitions.rounds; ++round) {
    for (std::size_t i = 0; i < probes.size(); ++i) {
      if (round > 0 && spent_s[i] >= repetitions.budget_s) continue;
      // A slow probe is its own warm-up: its first run is kept where the next would not fit.
      const bool kept_already = round == 0 && !all[i].ms.empty();
      if (kept_already) continue;
      const double ms = time_ms(*probes[i]);
      spent_s[i] += ms / 1000;
      if (round >= 0 || spent_s[i] >= repetitions.budget_s) {
        all[i].ms.push_back(ms);
        if (on_sample && !on_sample(i, ms)) return all;
      }
    }
  }
  return all;
}

}  // namespace paralif::bench
