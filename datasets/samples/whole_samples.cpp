#include "datasets/samples/whole_samples.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <sstream>

#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/readers/readable.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void cannot_write(const fs::path& folder, const std::string& reason) {
  throw Error(Error::Kind::file, folder.string(), "cannot be written: " + reason,
              "check the free space and the permissions, or choose another folder");
}

/// The names that are being put there, a line each.
fs::path moving_note(const fs::path& folder, const std::string& dataset) {
  return folder / (".sample-" + dataset + ".moving");
}

/// Folders of processes that are no more. Their names are hidden, so that no reader looks into one.
void remove_leftovers(const fs::path& folder, const std::string& begin) {
  std::error_code code;
  std::vector<fs::path> dead;
  for (fs::directory_iterator entry(folder, code); !code && entry != fs::directory_iterator();
       entry.increment(code)) {
    const std::string name = entry->path().filename().string();
    if (!name.starts_with(begin)) continue;
    pid_t process = 0;
    const char* const end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data() + begin.size(), end, process);
    if (error != std::errc{} || stop != end || process <= 0) continue;
    if (::kill(process, 0) != 0 && errno == ESRCH) dead.push_back(entry->path());
  }
  for (const fs::path& path : dead) fs::remove_all(path, code);
}

/// Removes what an attempt that was cut off had put there already.
void remove_cut_off(const fs::path& folder, const std::string& dataset) {
  if (!is_cut_off(folder, dataset)) return;
  std::istringstream names(read_file(moving_note(folder, dataset)));
  std::error_code code;
  for (std::string name; std::getline(names, name);) {
    const fs::path plain = fs::path(name).filename();
    if (!plain.empty() && plain == name && name != "." && name != "..") {
      fs::remove_all(folder / plain, code);
    }
  }
  fs::remove(moving_note(folder, dataset), code);
}

void refuse_to_replace(const fs::path& path) {
  std::error_code code;
  if (!fs::exists(path, code)) return;
  throw Error(Error::Kind::file, path.string(), "is there already",
              "choose another folder, or remove it");
}

void move_into(const fs::path& aside, const fs::path& folder, const std::string& dataset) {
  std::string names;
  const auto entries = entries_of(aside);
  for (const fs::path& entry : entries) {
    refuse_to_replace(folder / entry.filename());
    names += entry.filename().string() + "\n";
  }
  write_file(moving_note(folder, dataset), names);
  for (const fs::path& entry : entries) fs::rename(entry, folder / entry.filename());
  fs::remove(moving_note(folder, dataset));
  fs::remove(aside);
}

}  // namespace

bool is_cut_off(const fs::path& folder, const std::string& dataset) {
  return is_file(moving_note(folder, dataset));
}

void write_whole(const fs::path& folder, const std::string& dataset,
                 const std::vector<std::string>& entries,
                 const std::function<void(const fs::path&)>& write) {
  fs::path target = fs::absolute(folder).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();
  std::error_code code;
  if (fs::exists(target, code) && !is_folder(target)) cannot_write(folder, "it is a file");
  remove_cut_off(target, dataset);
  for (const std::string& name : entries) refuse_to_replace(target / name);
  fs::path aside;
  std::string begin;
  const auto place = [&](const fs::path& parent, const std::string& name) {
    begin = "." + name + ".part";
    aside = parent / (begin + std::to_string(::getpid()));
    fs::create_directories(parent, code);
    if (code) cannot_write(folder, code.message());
    remove_leftovers(parent, begin);
    fs::remove_all(aside, code);
    fs::create_directory(aside, code);
    return !code;
  };
  const bool is_new = !fs::exists(target, code) || fs::is_empty(target, code);
  // The folder above may be closed to this user where the folder itself is not.
  const bool beside = is_new && place(target.parent_path(), target.filename().string());
  if (!beside && !place(target, "sample-" + dataset)) cannot_write(folder, code.message());
  try {
    write(aside);
    if (beside) {
      fs::rename(aside, target);
    } else {
      move_into(aside, target, dataset);
    }
  } catch (const fs::filesystem_error& error) {
    fs::remove_all(aside, code);
    cannot_write(folder, error.code().message());
  } catch (...) {
    fs::remove_all(aside, code);
    throw;
  }
}

}  // namespace paralif
