// A filter of runs as a line of text: neuron=ParaLIF-D accuracy>0.8 tag=paper reservoir
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/library/run_entry.h"

namespace paralif {

/// Terms, all of which must hold. A term is NAME OP VALUE, without blanks around OP or with; a
/// value in double quotes may hold blanks. NAME is a column (run_columns.h); OP is
///   = !=         the same number, or the same text in any case; of "tag": one of its tags
///   < <= > >=    as numbers; of "started": as times, of which the end may be missing
///   ~ !~         the text holds it, or does not
/// and VALUE may list several by '|', of which one must hold (of != and !~ none). "85%" is 0.85.
/// A word without OP must be in title, note, tags, dataset, network, sweep, status or folder name.
class RunQuery {
 public:
  RunQuery() = default;  ///< every run
  /// Throws Error(setting) that names the term.
  explicit RunQuery(const std::string& text);

  [[nodiscard]] bool matches(const RunEntry& run) const;
  [[nodiscard]] bool empty() const { return terms_.empty(); }

 private:
  std::vector<std::function<bool(const RunEntry&)>> terms_;
};

}  // namespace paralif
