// A sample that is a point of the plane.
#pragma once

#include <cstdint>

namespace paralif {

struct PlanePoint {
  float x = 0.0F;  ///< 0..1
  float y = 0.0F;  ///< 0..1
  std::int64_t label = 0;
  bool operator==(const PlanePoint&) const = default;
};

}  // namespace paralif
