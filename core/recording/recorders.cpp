#include <algorithm>
#include <vector>

#include "core/recording/recorder.h"

namespace paralif {
namespace {

std::vector<const Recorder*>& all_recorders() {
  static std::vector<const Recorder*> all{
      &spikes_recorder(),    &membranes_recorder(), &confusion_recorder(),
      &decision_map_recorder(), &weights_recorder(),   &layers_recorder(),
      &constants_recorder(), &kernels_recorder(),   &feature_maps_recorder()};
  return all;
}

}  // namespace

std::span<const Recorder* const> recorders() {
  return all_recorders();
}

const Recorder* find_recorder(std::string_view id) {
  const auto all = recorders();
  const auto at = std::ranges::find(all, id, &Recorder::id);
  return at == all.end() ? nullptr : *at;
}

void register_recorder(const Recorder& recorder) {
  all_recorders().push_back(&recorder);
}

}  // namespace paralif
