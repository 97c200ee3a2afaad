#include "core/values/noise_levels.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "datasets/error.h"

namespace paralif {

std::string level_text(const NoiseLevel& level) {
  return level ? fmt::format("{:g} dB", *level) : std::string("none");
}

NoiseLevel level_of(std::string_view text, const std::string& field) {
  if (text.empty() || text == "none" || text == "null") return std::nullopt;
  double value = 0.0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool read = code == std::errc() && end == text.data() + text.size();
  if (!read || !(value >= -100 && value <= 200)) {
    throw Error(Error::Kind::setting, field,
                fmt::format("'{}' is no level of noise; give none or dB from -100 to 200", text));
  }
  return value;
}

std::vector<NoiseLevel> levels_of(std::string_view text, const std::string& field) {
  std::vector<NoiseLevel> levels;
  constexpr std::string_view between = ", \t";
  while (true) {
    const auto first = text.find_first_not_of(between);
    if (first == std::string_view::npos) break;
    text.remove_prefix(first);
    const std::string_view word = text.substr(0, text.find_first_of(between));
    text.remove_prefix(word.size());
    const NoiseLevel level = level_of(word, field);
    if (std::ranges::find(levels, level) != levels.end()) {
      throw Error(Error::Kind::setting, field,
                  fmt::format("'{}' is given twice", level_text(level)));
    }
    levels.push_back(level);
  }
  if (levels.empty()) {
    throw Error(Error::Kind::setting, field, "is empty; give levels such as none, 0, 5, 10");
  }
  return levels;
}

}  // namespace paralif
