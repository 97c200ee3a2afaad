// The losses by name, for forms and files; their functions are in core/training/losses.h.
#pragma once

#include <vector>

#include "core/values/text.h"

namespace paralif {

/// Each with how the read-out over time becomes one score a class. In the order of a menu. What a
/// program adds must stand there before the first experiment.
std::vector<ChoiceMeaning>& loss_names();

}  // namespace paralif
