// TrivialAugmentWide: one of fourteen changes of a picture, drawn uniformly, by a strength drawn
// uniformly from 31 levels. Source: Müller and Hutter (2021), with the ranges and the arithmetic on
// bytes (bilinear, filled with 0) that the published CIFAR-10 experiment has from its libraries.
#pragma once

#include <array>
#include <cstdint>

#include "core/encoding/sample_random.h"

namespace paralif {

/// 3 x 32 x 32 bytes, channel by channel, row by row.
using PictureBytes = std::array<std::uint8_t, 3 * 32 * 32>;

enum class PictureChange : std::uint8_t {
  identity,
  shear_x,      ///< pixels a pixel, about the upper left corner
  shear_y,
  translate_x,  ///< whole pixels
  translate_y,
  rotate,       ///< degrees, about the centre
  brightness,   ///< share added to 1: blended with black
  colour,       ///< blended with its grey
  contrast,     ///< blended with its mean grey
  sharpness,    ///< blended with its smoothed self
  posterise,    ///< bits that stay
  solarise,     ///< bytes from here on are inverted
  autocontrast,
  equalise
};
inline constexpr int picture_changes = 14;
inline constexpr int picture_levels = 31;

/// The strength at a level 0..30, without sign; 0 for changes that have none.
double strength_of(PictureChange change, int level);
/// Whether a coin decides the sign of the strength.
bool has_sign(PictureChange change);

PictureBytes changed(const PictureBytes& picture, PictureChange change, double strength);

/// Draws change, level and sign.
PictureBytes trivially_augmented(const PictureBytes& picture, SampleRandom& random);

}  // namespace paralif
