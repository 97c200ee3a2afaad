// Levels of noise as people write them: "none, 0, 5".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paralif {

/// Signal-to-noise ratio in dB; absent: no noise.
using NoiseLevel = std::optional<double>;

/// "none", or "5 dB".
std::string level_text(const NoiseLevel& level);

/// "none", "null" or dB from -100 to 200. Throws Error(setting) whose subject is `field`.
NoiseLevel level_of(std::string_view text, const std::string& field);

/// Several, between commas or blanks; at least one, each at most once. Throws as level_of().
std::vector<NoiseLevel> levels_of(std::string_view text, const std::string& field);

}  // namespace paralif
