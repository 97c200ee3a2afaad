// What the name of a column says: its words, and the unit of time in it.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paralif {

/// The words of a name in small letters: "spikeTime [ms]" is spike, time and ms.
class ColumnName {
 public:
  explicit ColumnName(std::string_view name);

  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }
  [[nodiscard]] bool has(std::initializer_list<std::string_view> words) const;
  /// Seconds of the unit of time that the name holds: 1e-3 for "ms".
  [[nodiscard]] std::optional<double> seconds() const;
  /// Whether it is that of a time: by a word for it, or as it is a unit of time alone.
  [[nodiscard]] bool is_time() const;

 private:
  std::vector<std::string> words_;
};

/// Seconds of "s", "ms", "us", "ns" and of their longer names.
std::optional<double> seconds_of_unit(std::string_view unit);
/// "s", "ms", "us" or "ns".
std::string name_of_unit(double seconds);

}  // namespace paralif
