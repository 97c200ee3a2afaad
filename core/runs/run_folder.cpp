// What lies in a run's folder beside the contents of its files.
#include <algorithm>
#include <cctype>
#include <chrono>

#include "core/runs/run_files.h"
#include "datasets/error.h"

namespace paralif::run_files {
namespace {

namespace fs = std::filesystem;

constexpr const char* old_checkpoint = "checkpoint.pt";

/// "metrics.h5.part4711": written aside by process 4711, as replace_file() names it.
bool is_part(const std::string& name) {
  const std::size_t mark = name.rfind(".part");
  if (mark == std::string::npos || mark == 0) return false;
  const std::string process = name.substr(mark + 5);
  return !process.empty() && std::ranges::all_of(process, [](unsigned char c) {
    return std::isdigit(c) != 0;
  });
}

void remove_parts_in(const fs::path& folder) {
  std::error_code code;
  std::vector<fs::path> dead;
  for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
    std::error_code ignored;
    const bool file = fs::is_regular_file(at->symlink_status(ignored));
    if (file && is_part(at->path().filename().string())) dead.push_back(at->path());
  }
  for (const fs::path& path : dead) fs::remove(path, code);
}

/// And nothing else: no folder of another program is one.
bool holds_the_begin_of_a_run(const fs::path& folder) {
  std::error_code code;
  for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
    const std::string file = at->path().filename().string();
    if (!file.starts_with(experiment) && !file.starts_with(head)) return false;
  }
  return !code;
}

}  // namespace

fs::path checkpoint_of(const fs::path& folder) {
  std::error_code code;
  for (const char* name : {checkpoint, old_checkpoint}) {
    if (fs::is_regular_file(folder / name, code)) return folder / name;
  }
  return {};
}

bool is_untrained(const fs::path& folder) {
  std::error_code code;
  const auto there = [&](const char* name) {
    return fs::exists(fs::symlink_status(folder / name, code));
  };
  return !there(metrics) && !there(checkpoint) && !there(old_checkpoint);
}

void require_own_files(const fs::path& folder) {
  const auto require = [&](const char* name, fs::file_type type) {
    std::error_code code;
    const fs::file_type found = fs::symlink_status(folder / name, code).type();
    if (found == type || found == fs::file_type::not_found) return;
    throw Error(Error::Kind::file, (folder / name).string(),
                type == fs::file_type::regular ? "is not a regular file" : "is not a folder",
                "put what belongs there in its place");
  };
  for (const char* name :
       {experiment, head, metrics, results, checkpoint, best_checkpoint, weights, log, lock, marks}) {
    require(name, fs::file_type::regular);
  }
  require(epochs, fs::file_type::directory);
}

void remove_dead_parts(const fs::path& folder) {
  remove_parts_in(folder);
  remove_parts_in(folder / epochs);
}

void remove_unfinished_runs(const fs::path& root) {
  constexpr auto long_ago = std::chrono::hours(1);
  std::error_code code;
  std::vector<fs::path> dead;
  for (fs::directory_iterator at(root, code), end; !code && at != end; at.increment(code)) {
    const std::string name = at->path().filename().string();
    if (!name.starts_with('.') || !name.ends_with(".part")) continue;
    std::error_code problem;
    if (!fs::is_directory(at->symlink_status(problem))) continue;
    const auto changed = fs::last_write_time(at->path(), problem);
    if (problem || fs::file_time_type::clock::now() - changed < long_ago) continue;
    if (holds_the_begin_of_a_run(at->path())) dead.push_back(at->path());
  }
  for (const fs::path& path : dead) fs::remove_all(path, code);
}

}  // namespace paralif::run_files
