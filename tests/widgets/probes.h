// Snapshots' parts made by hand, the same for every test.
#pragma once

#include <memory>
#include <random>

#include "core/values/activity.h"

namespace paralif::testing {

/// One layer of `neurons` that fire at random; the same for the same seed.
inline LayerActivity randomLayer(const std::string& name, std::int32_t neurons, std::int32_t steps,
                                 double probability, unsigned seed) {
  std::mt19937 generator(seed);
  std::bernoulli_distribution fires(probability);
  LayerActivity layer;
  layer.id = name;
  layer.neurons = neurons;
  layer.rate = probability;
  for (std::int32_t step = 0; step < steps; ++step) {
    for (std::int32_t neuron = 0; neuron < neurons; ++neuron) {
      if (fires(generator)) layer.spikes.push_back({step, neuron});
    }
  }
  return layer;
}

inline std::shared_ptr<SampleProbe> emptyProbe(std::int64_t steps) {
  auto probe = std::make_shared<SampleProbe>();
  probe->steps = steps;
  probe->time_step_s = 1e-3;
  return probe;
}

}  // namespace paralif::testing
