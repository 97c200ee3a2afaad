#include "core/encoding/split.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/encoding/sample_random.h"

namespace paralif {

HeldOut hold_out(std::int64_t samples, const std::function<std::int64_t(std::int64_t)>& label,
                 double fraction) {
  HeldOut split;
  std::map<std::int64_t, std::vector<std::int64_t>> classes;
  for (std::int64_t sample = 0; sample < samples; ++sample) {
    if (fraction > 0) {
      classes[label(sample)].push_back(sample);
    } else {
      split.train.push_back(sample);
    }
  }
  for (auto& [class_label, members] : classes) {
    SampleRandom random(0, static_cast<std::uint64_t>(class_label));
    for (std::size_t i = members.size(); i > 1; --i) {
      std::swap(members[i - 1],
                members[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(i)))]);
    }
    const auto size = static_cast<double>(members.size());
    const double wanted = std::clamp(std::nearbyint(fraction * size), std::min(1.0, size - 1),
                                     std::max(0.0, size - 1));
    const auto middle = members.begin() + static_cast<std::ptrdiff_t>(wanted);
    split.held_out.insert(split.held_out.end(), members.begin(), middle);
    split.train.insert(split.train.end(), middle, members.end());
  }
  std::ranges::sort(split.train);
  std::ranges::sort(split.held_out);
  return split;
}

}  // namespace paralif
