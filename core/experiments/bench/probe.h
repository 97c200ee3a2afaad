// A measurement that has been set up, and the loop that times several of them fairly.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/experiments/bench/requests.h"

namespace paralif::bench {

/// Work on data that it holds. `run` ends only when the device has finished.
class Probe {
 public:
  Probe() = default;
  virtual ~Probe() = default;
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  virtual void run() = 0;
};

/// Sets a request up. Throws Error(setting) for names it does not know and Error(device).
std::unique_ptr<Probe> probe_of(const Request& request);

/// The same work, ready to time: `run` once in milliseconds.
double time_ms(Probe& probe);

struct Repetitions {
  int warm_up = 1;        ///< runs of each probe that are dropped
  int rounds = 5;         ///< samples of each probe, at most
  double budget_s = 10.0; ///< a probe that has used this much gets no further samples
};

struct Samples {
  std::vector<double> ms;

  /// NaN without samples.
  [[nodiscard]] double median_ms() const;
  [[nodiscard]] double least_ms() const;
};

/// Called after every sample with the probe's index and its time; false stops the measurement.
using OnSample = std::function<bool(std::size_t probe, double ms)>;

/// Times every probe once a round, so that a disturbance of the machine meets all of them.
std::vector<Samples> interleaved(const std::vector<Probe*>& probes, const Repetitions& repetitions,
                                 const OnSample& on_sample = {});

}  // namespace paralif::bench
