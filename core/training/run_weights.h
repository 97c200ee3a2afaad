// Where a run keeps its weights.
#pragma once

#include <filesystem>

namespace paralif {

/// The final weights of a run, or its newest checkpoint. Throws Error(file) where there is neither.
std::filesystem::path weights_in(const std::filesystem::path& run);

}  // namespace paralif
