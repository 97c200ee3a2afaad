// What a person wrote about a run, in a file of its own (marks.json): training never touches it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace paralif {

struct RunMarks {
  std::string title;              ///< in place of the experiment's; empty: that one
  std::vector<std::string> tags;  ///< each once, in order; without blanks and commas
  std::string note;               ///< any text
  bool favourite = false;

  bool operator==(const RunMarks&) const = default;
};

/// Empty marks where the run has none. Throws Error(file).
RunMarks read_marks(const std::filesystem::path& folder);

/// The same, and empty marks where the file cannot be read: for lists, whose runs are not worse
/// for a note that is lost.
RunMarks readable_marks(const std::filesystem::path& folder);

/// Writes aside and renames. A file that cannot be read stays, as "marks.json.damaged". Throws
/// Error(file), and Error(setting) for a tag with blanks or commas.
void write_marks(const std::filesystem::path& folder, const RunMarks& marks);

/// "fast, to-paper" as tags: sorted, each once. Throws Error(setting).
std::vector<std::string> tags_of(const std::string& text);

/// The tags of `tags` and of `added` that are not in `removed`: sorted, each once.
std::vector<std::string> changed_tags(std::vector<std::string> tags,
                                      const std::vector<std::string>& added,
                                      const std::vector<std::string>& removed);

}  // namespace paralif
