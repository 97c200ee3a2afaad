#include <array>

#include "core/recording/recorder.h"

namespace paralif {

std::span<const Recorder* const> recorders() {
  static const std::array<const Recorder*, 4> all{&constants_recorder(), &kernels_recorder(),
                                                  &feature_maps_recorder(), &layers_recorder()};
  return all;
}

}  // namespace paralif
