// Random changes of training samples: one affine map, and masks of steps and units.
#pragma once

#include <cstdint>
#include <vector>

#include "core/encoding/event_rows.h"
#include "core/encoding/sample_random.h"
#include "datasets/recording.h"

namespace paralif {

/// Translation and scaling about the middle, with nearest neighbour and nothing from outside.
struct AffineMap {
  double scale = 1.0;
  std::int64_t shift_x = 0;
  std::int64_t shift_y = 0;
};

/// As torchvision's RandomAffine: a whole shift of up to `shift` of each extent and a scale in
/// 1 - scale .. 1 + scale, uniform.
AffineMap draw_affine(SampleRandom& random, double shift_x, double shift_y, double scale,
                      std::int64_t width, std::int64_t height);

/// Source of each of `size` target positions along an axis; -1 where it lies outside.
std::vector<std::int64_t> affine_sources(std::int64_t size, double scale, std::int64_t shift);

/// The map applied to an image of time (rows) x unit (columns).
EventRows affine_in_time(const EventRows& rows, const AffineMap& map);
/// The map applied to every frame, the same for all.
EventRows affine_in_space(const EventRows& rows, const AffineMap& map, const SensorShape& grid);

/// Empties one random run of steps (units), of up to this fraction of them.
void mask_steps(EventRows& rows, SampleRandom& random, double fraction);
void mask_units(EventRows& rows, SampleRandom& random, double fraction);

}  // namespace paralif
