// A measurement that has been set up, and what a trial of it is.
#pragma once

#include <memory>
#include <vector>

#include "core/timing/requests.h"

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

struct Samples {
  std::vector<double> ms;

  /// NaN without samples.
  [[nodiscard]] double median_ms() const;
  [[nodiscard]] double least_ms() const;
};

/// The backend that stands for the published code of a neuron: sequential for LIF, else fft.
std::string published_backend(const std::string& neuron);

}  // namespace paralif::bench
