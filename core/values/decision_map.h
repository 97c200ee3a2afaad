// The classes a network gives the points of a plane.
#pragma once

#include <cstdint>
#include <vector>

namespace paralif {

/// The class the network gives each point of the Yin-Yang plane. Row 0 is y = 0; a row runs
/// along x; both axes span 0..1. Points not reached yet have class -1.
struct DecisionMap {
  std::int64_t side = 0;
  std::int64_t epoch = 0;        ///< of the newest points; counted as SampleProbe::epoch is
  std::int64_t first_epoch = 0;  ///< of the oldest points: earlier where a round is not complete
  std::vector<std::int8_t> predicted;
  std::vector<float> confidence;  ///< softmax of the winning read-out, 0..1

  bool operator==(const DecisionMap&) const = default;
};

}  // namespace paralif
