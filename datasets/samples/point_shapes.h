// Figures of the plane to begin painting from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "datasets/readers/points_reader.h"

namespace paralif {

/// "moons", "rings", "spirals" and "corners" (exclusive or): two classes each, within 0..1.
const std::vector<std::string>& point_shapes();

/// That many points of each class, with a little noise. Throws std::logic_error for other names.
std::vector<LabelledPoint> points_of_shape(const std::string& shape, int points_of_class,
                                           std::uint64_t seed);

}  // namespace paralif
