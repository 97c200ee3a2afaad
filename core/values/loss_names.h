// The losses by name, for forms and files; their functions are in core/training/losses.h.
#pragma once

#include <string>
#include <vector>

namespace paralif {

struct LossName {
  std::string name;     ///< as in an experiment, such as "cumsum"
  std::string meaning;  ///< how the read-out over time becomes one score a class; no full stop
};

/// In the order of a menu. What a program adds must stand there before the first experiment.
std::vector<LossName>& loss_names();

}  // namespace paralif
