#include <vector>

#include "core/recording/recorder.h"

namespace paralif {
namespace {

std::vector<const Recorder*>& all_recorders() {
  static std::vector<const Recorder*> all{&constants_recorder(), &kernels_recorder(),
                                          &feature_maps_recorder(), &layers_recorder()};
  return all;
}

}  // namespace

std::span<const Recorder* const> recorders() {
  return all_recorders();
}

void register_recorder(const Recorder& recorder) {
  all_recorders().push_back(&recorder);
}

}  // namespace paralif
