// A cache of what the folders of runs hold, so that a listing reads only what has changed. One
// SQLite file for each root; the folders stay the truth, and a lost or damaged file is made anew.
//
//   table run: folder (below the root), stamp, then a column for each value of an entry; settings
//   under their keys. Another version's columns are another table: it is made anew.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/library/run_entry.h"

namespace paralif {

class RunIndex {
 public:
  struct Row {
    std::string stamp;  ///< of the run's files when it was read
    RunEntry entry;     ///< status as written, without what only this moment knows
  };

  /// Opens or makes the file. Throws Error(file) where neither is possible.
  explicit RunIndex(const std::filesystem::path& file);
  ~RunIndex();
  RunIndex(const RunIndex&) = delete;
  RunIndex& operator=(const RunIndex&) = delete;

  /// Every row, by folder below `root`. Throws Error(file).
  [[nodiscard]] std::map<std::string, Row> rows(const std::filesystem::path& root) const;
  /// In one transaction. Throws Error(file), and nothing has changed.
  void update(const std::map<std::string, Row>& changed, const std::vector<std::string>& removed);

 private:
  struct Database;
  std::unique_ptr<Database> database_;
};

/// In the user's cache folder, named after the root. Throws Error(setting) where that has no place.
std::filesystem::path index_file_of(const std::filesystem::path& root);

}  // namespace paralif
