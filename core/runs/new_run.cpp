#include "core/runs/new_run.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <cctype>
#include <ctime>

#include "core/experiments/experiment_file.h"
#include "datasets/error.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

std::tm local_parts(std::int64_t instant) {
  const std::time_t time = instant;
  std::tm parts{};
  localtime_r(&time, &parts);
  return parts;
}

/// Letters, digits and dashes only, so that the folder is easy to name in a terminal.
std::string slug(const std::string& title) {
  std::string text;
  for (const char c : title) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 && byte < 128) {
      text += static_cast<char>(std::tolower(byte));
    } else if (!text.empty() && text.back() != '-') {
      text += '-';
    }
    if (text.size() >= 40) break;
  }
  while (!text.empty() && text.back() == '-') text.pop_back();
  return text.empty() ? "run" : text;
}

[[noreturn]] void cannot_make(const fs::path& folder, const std::string& reason) {
  throw Error(Error::Kind::file, folder.string(), "cannot make the run's folder: " + reason,
              "check the free space and the permissions, or set PARALIF_RUNS");
}

/// Whether `folder` is made: false when another has it.
bool make(const fs::path& folder, const Experiment& experiment, const run_files::Head& head) {
  std::error_code code;
  if (fs::exists(folder, code)) return false;
  const fs::path aside =
      folder.parent_path() / fmt::format(".{}.part", folder.filename().string());
  if (!fs::create_directory(aside, code)) {
    if (code) cannot_make(aside, code.message());
    return false;  // another session is making this one
  }
  try {
    save_experiment(experiment, aside / run_files::experiment);
    run_files::write_head(aside, head);
    fs::rename(aside, folder, code);
    if (code) fs::remove_all(aside, code);
    return fs::exists(folder / run_files::head, code);
  } catch (...) {
    fs::remove_all(aside, code);
    throw;
  }
}

void make_root(const fs::path& root) {
  std::error_code code;
  fs::create_directories(root, code);
  if (code) cannot_make(root, code.message());
}

}  // namespace

run_files::Head new_head(RunStatus status) {
  run_files::Head head;
  head.status = status;
  head.started_at = std::time(nullptr);
  return head;
}

fs::path make_run_folder(const fs::path& root, const Experiment& experiment,
                         const run_files::Head& head) {
  make_root(root);
  const std::string name = fmt::format("{:%Y-%m-%d-%H%M%S}-{}", local_parts(head.started_at),
                                       slug(experiment.title));
  for (int number = 1; number < 1000; ++number) {
    const fs::path folder = root / (number == 1 ? name : fmt::format("{}-{}", name, number));
    if (make(folder, experiment, head)) return folder;
  }
  cannot_make(root / name, "too many runs of one second");
}

void queue_run(const fs::path& folder, const Experiment& experiment) {
  make_root(folder.parent_path());
  if (!make(folder, experiment, new_head(RunStatus::queued))) cannot_make(folder, "it exists already");
}

std::string local_time_text(std::int64_t instant) {
  return fmt::format("{:%Y-%m-%d %H:%M:%S}", local_parts(instant));
}

std::int64_t instant_of_local(const std::string& text) {
  constexpr std::string_view whole = "0000-01-01 00:00:00";
  if (text.size() < 4 || text.size() > whole.size()) return -1;
  const std::string full = text + std::string(whole.substr(text.size()));
  std::tm parts{};
  const char* end = strptime(full.c_str(), "%Y-%m-%d %H:%M:%S", &parts);
  if (end == nullptr || *end != '\0') return -1;
  parts.tm_isdst = -1;
  return std::mktime(&parts);
}

}  // namespace paralif
