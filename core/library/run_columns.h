// What can be shown of a run, filtered by and sorted by: results, marks, and every setting.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/run_entry.h"
#include "core/values/text.h"

namespace paralif {

struct RunColumn {
  std::string key;                    ///< "accuracy", "neuron.name"
  std::vector<std::string> aliases;   ///< other names in a query, such as a setting's flag
  Text label;                         ///< for people
  Text unit;                          ///< of number(); empty: none, or it is no number
  Text explanation;                   ///< one sentence
  bool numeric = false;               ///< is shown to the right and sorted as a number
  std::function<std::string(const RunEntry&)> text;  ///< empty: the run has none
  /// As a number, in `unit`; shares of one, instants in seconds since 1970 (UTC). Absent where the
  /// run has none or it is no number.
  std::function<std::optional<double>(const RunEntry&)> number;
};

/// Results and marks first, then the settings in the order of the form.
std::span<const RunColumn> run_columns();

/// By key, alias, or the last part of a setting's key where no other ends so ("hidden" is
/// "network.hidden"). Throws Error(setting) for a name that is none or several, with the nearest.
const RunColumn& run_column(std::string_view name);

/// A whole text as a number; nothing for "none", lists and words.
std::optional<double> number_of_text(std::string_view text);

}  // namespace paralif
