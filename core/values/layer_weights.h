// The distribution of a layer's weights.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace paralif {

struct Histogram {
  double minimum = 0.0;
  double maximum = 0.0;
  std::vector<std::int64_t> counts;
};

struct LayerWeights {
  std::string name;
  Histogram histogram;
};

}  // namespace paralif
