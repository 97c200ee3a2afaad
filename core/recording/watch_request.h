// What a front end asks to be shown of a network in training.
#pragma once

#include <cstdint>
#include <vector>

namespace paralif {

/// What to look at while training. Watching is held under 3 % of the training time.
struct WatchRequest {
  std::int64_t sample = 0;  ///< index in the test set
  struct Neuron {
    std::int64_t layer = 1;  ///< 1 is the first hidden layer; hidden layers + 1 the read-out
    std::int64_t neuron = 0;
    bool operator==(const Neuron&) const = default;
  };
  std::vector<Neuron> neurons;  ///< membranes to trace
  std::int64_t map_side = 48;   ///< points along a side of the decision map; 0: none

  bool operator==(const WatchRequest&) const = default;
};

}  // namespace paralif
