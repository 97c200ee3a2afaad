// Which samples of a training set train and which are held out.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace paralif {

struct HeldOut {
  std::vector<std::int64_t> train;
  std::vector<std::int64_t> held_out;
};

/// Holds out this fraction of every class, always the same samples; at least one of each class
/// of two or more. Both lists ascend.
HeldOut hold_out(std::int64_t samples, const std::function<std::int64_t(std::int64_t)>& label,
                 double fraction);

}  // namespace paralif
