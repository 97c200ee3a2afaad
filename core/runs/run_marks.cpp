#include "core/runs/run_marks.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/runs/run_files.h"
#include "core/values/json_document.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_tags = 100;
constexpr std::size_t longest_tag = 100;
constexpr std::size_t longest_title = 1000;
constexpr std::string_view between = " \t\r\n,";

[[noreturn]] void damaged(const fs::path& path, const std::string& problem) {
  throw Error(Error::Kind::file, path.string(), problem, "mend or remove it");
}

void check_tag(const std::string& tag) {
  if (tag.empty() || tag.size() > longest_tag || tag.find_first_of(between) != std::string::npos) {
    throw Error(Error::Kind::setting, "tags",
                fmt::format("'{}' is no tag", tag.substr(0, longest_tag)),
                "a tag is one word of at most 100 letters");
  }
}

}  // namespace

RunMarks read_marks(const fs::path& folder) {
  const fs::path path = folder / run_files::marks;
  std::error_code code;
  if (!fs::exists(fs::symlink_status(path, code))) return {};
  const nlohmann::json json = read_json(path, {.bytes = 1U << 20U, .depth = 4});
  RunMarks marks;
  try {
    if (json.value("schema", 1) > 1) damaged(path, "is from a newer version of the program");
    marks.title = json.value("title", "");
    marks.tags = json.value("tags", std::vector<std::string>());
    marks.note = json.value("note", "");
    marks.favourite = json.value("favourite", false);
    if (marks.tags.size() > most_tags) damaged(path, "has more than 100 tags");
    if (marks.title.size() > longest_title) damaged(path, "has a title of more than 1000 letters");
    for (const std::string& tag : marks.tags) check_tag(tag);
  } catch (const nlohmann::json::exception&) {
    damaged(path, "is not the marks of a run");
  } catch (const Error& error) {
    if (error.kind() == Error::Kind::file) throw;
    damaged(path, error.problem());
  }
  return marks;
}

RunMarks readable_marks(const fs::path& folder) {
  try {
    return read_marks(folder);
  } catch (const Error&) {
    return {};
  }
}

void write_marks(const fs::path& folder, const RunMarks& marks) {
  const fs::path path = folder / run_files::marks;
  for (const std::string& tag : marks.tags) check_tag(tag);
  if (marks.title.size() > longest_title) {
    throw Error(Error::Kind::setting, "title", "has more than 1000 letters", "shorten it");
  }
  try {
    if (read_marks(folder) == marks) return;
  } catch (const Error&) {
    std::error_code code;
    fs::rename(path, folder / "marks.json.damaged", code);
  }
  const nlohmann::ordered_json json{{"schema", 1},
                                    {"title", marks.title},
                                    {"tags", marks.tags},
                                    {"note", marks.note},
                                    {"favourite", marks.favourite}};
  write_file(path, json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

std::vector<std::string> tags_of(const std::string& text) {
  std::vector<std::string> tags;
  for (std::size_t at = 0; at < text.size();) {
    at = text.find_first_not_of(between, at);
    if (at == std::string::npos) break;
    const std::size_t end = std::min(text.find_first_of(between, at), text.size());
    tags.push_back(text.substr(at, end - at));
    check_tag(tags.back());
    at = end;
  }
  return changed_tags({}, tags, {});
}

std::vector<std::string> changed_tags(std::vector<std::string> tags,
                                      const std::vector<std::string>& added,
                                      const std::vector<std::string>& removed) {
  tags.insert(tags.end(), added.begin(), added.end());
  std::erase_if(tags, [&](const std::string& tag) {
    return std::ranges::find(removed, tag) != removed.end();
  });
  std::ranges::sort(tags);
  tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
  return tags;
}

}  // namespace paralif
