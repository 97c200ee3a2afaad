#include "core/library/run_library.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>

#include "core/library/run_index.h"
#include "core/runs/run_files.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"
#include "datasets/error.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

struct Candidate {
  std::string name;   ///< below the root: "RUN" or "SWEEP/RUN"
  std::string sweep;  ///< or empty
  std::string stamp;
};

/// Changes when a file is written, renamed into its place, or removed.
std::string stamp_of(const fs::path& folder) {
  std::string stamp;
  for (const char* name : {run_files::head, run_files::experiment, run_files::marks}) {
    struct stat status {};
    if (::lstat((folder / name).c_str(), &status) != 0) {
      stamp += "-;";
      continue;
    }
    stamp += fmt::format("{}.{}.{}.{};", status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
                         status.st_size, status.st_ino);
  }
  return stamp;
}

std::vector<fs::path> folders_in(const fs::path& parent) {
  std::vector<fs::path> folders;
  std::error_code code;
  for (fs::directory_iterator at(parent, code), end; !code && at != end; at.increment(code)) {
    if (!at->path().filename().string().starts_with('.')) folders.push_back(at->path());
  }
  return folders;
}

std::vector<Candidate> candidates_in(const fs::path& root, const JobControl& control) {
  std::vector<Candidate> found;
  for (const fs::path& folder : folders_in(root)) {
    control.check();
    const std::string name = folder.filename().string();
    std::error_code code;
    if (has_file_of_run(folder)) {
      found.push_back({name, {}, stamp_of(folder)});
    } else if (fs::is_regular_file(folder / sweep_file, code)) {
      for (const fs::path& run : folders_in(folder)) {
        if (has_file_of_run(run)) {
          found.push_back({fmt::format("{}/{}", name, run.filename().string()), name,
                           stamp_of(run)});
        }
      }
    }
  }
  return found;
}

/// Reads the candidates of these places on all cores.
void read_entries(const fs::path& root, const std::vector<Candidate>& candidates,
                  const std::vector<std::size_t>& places, std::vector<RunEntry>& entries,
                  JobControl& control) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < places.size() && !control.cancelled(); i = next++) {
      const Candidate& one = candidates[places[i]];
      entries[places[i]] = read_entry(root / one.name, one.sweep);
      if (places.size() > 50) {
        control.progress(static_cast<double>(i) / static_cast<double>(places.size()));
      }
    }
  };
  const std::size_t threads = std::min<std::size_t>(
      std::max(1U, std::thread::hardware_concurrency()), places.size() / 16 + 1);
  {
    std::vector<std::jthread> pool;
    for (std::size_t i = 1; i < threads; ++i) pool.emplace_back(work);
    work();
  }
  control.check();
}

/// What the files of a run do not say: whether it is in training now, and can go on. False: the
/// run must be read again.
bool bring_up_to_date(RunEntry& entry) {
  entry.resumable = false;
  if (entry.status == RunStatus::finished) return true;
  try {
    const bool held = RunLock::is_held(entry.folder);
    if (entry.status == RunStatus::running && !held) entry.status = RunStatus::interrupted;
    entry.resumable = !held && entry.epochs_done < entry.epochs &&
                      (run_files::is_untrained(entry.folder) ||
                       !run_files::checkpoint_of(entry.folder).empty());
  } catch (const Error&) {
    return false;
  }
  return true;
}

void sort_newest_first(std::vector<RunEntry>& runs) {
  std::ranges::sort(runs, [](const RunEntry& a, const RunEntry& b) {
    return std::tie(b.started_at, b.folder) < std::tie(a.started_at, a.folder);
  });
}

}  // namespace

LibraryListing list_library(const fs::path& root, const fs::path& index_file,
                            JobControl& control) {
  LibraryListing listing;
  std::optional<RunIndex> index;
  std::map<std::string, RunIndex::Row> known;
  if (!index_file.empty()) {
    try {
      index.emplace(index_file);
      known = index->rows(root);
    } catch (const Error& error) {
      listing.index_problem = error.what();
      known.clear();
      index.reset();
    }
  }
  control.check();
  const std::vector<Candidate> candidates = candidates_in(root, control);
  std::vector<RunEntry> entries(candidates.size());
  std::vector<std::size_t> to_read;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto row = known.find(candidates[i].name);
    if (row != known.end() && row->second.stamp == candidates[i].stamp) {
      entries[i] = row->second.entry;
      if (bring_up_to_date(entries[i])) continue;
    }
    to_read.push_back(i);
  }
  read_entries(root, candidates, to_read, entries, control);
  listing.read = to_read.size();
  if (index) {
    std::map<std::string, RunIndex::Row> changed;
    for (const std::size_t i : to_read) {
      if (!entries[i].problem.empty()) continue;  // read again each time, until it is mended
      RunEntry stored = entries[i];
      if (stored.status == RunStatus::interrupted) stored.status = RunStatus::running;
      changed.emplace(candidates[i].name, RunIndex::Row{candidates[i].stamp, std::move(stored)});
    }
    std::vector<std::string> removed;
    for (const Candidate& one : candidates) known.erase(one.name);
    for (const auto& [name, row] : known) removed.push_back(name);
    try {
      index->update(changed, removed);
    } catch (const Error& error) {
      listing.index_problem = error.what();
    }
  }
  listing.runs = std::move(entries);
  sort_newest_first(listing.runs);
  return listing;
}

LibraryListing list_library(const fs::path& root, JobControl& control) {
  fs::path file;
  std::string problem;
  try {
    file = index_file_of(root);
  } catch (const Error& error) {
    problem = error.what();
  }
  LibraryListing listing = list_library(root, file, control);
  if (!problem.empty()) listing.index_problem = problem;
  return listing;
}

}  // namespace paralif
