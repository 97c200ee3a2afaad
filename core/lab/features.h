// Izhikevich's twenty features of biological neurons: letters, names and our criteria in words.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/values/text.h"

namespace paralif::lab {

enum class Feature : std::uint8_t {
  tonic_spiking,
  phasic_spiking,
  tonic_bursting,
  phasic_bursting,
  mixed_mode,
  adaptation,
  class_1,
  class_2,
  latency,
  oscillations,
  resonator,
  integrator,
  rebound_spike,
  rebound_burst,
  threshold_variability,
  bistability,
  after_potential,
  accommodation,
  inhibition_spiking,
  inhibition_bursting
};
inline constexpr std::size_t feature_count = 20;

struct FeatureText {
  Feature feature;
  char letter;  ///< A..T, as in Izhikevich (2004), figure 1
  Text name;
  Text criterion;  ///< what the judge asks for
};

std::span<const FeatureText> feature_texts();
const FeatureText& text_of(Feature feature);
std::optional<Feature> feature_of(char letter);

}  // namespace paralif::lab
