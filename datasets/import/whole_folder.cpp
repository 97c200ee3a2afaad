#include "datasets/import/whole_folder.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <string>
#include <string_view>

#include "datasets/error.h"
#include "datasets/readers/readable.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view mark = ".part";

[[noreturn]] void cannot_write(const fs::path& path, const std::error_code& code) {
  throw Error(Error::Kind::file, path.string(), "cannot be written: " + code.message(),
              "check the free space and the permissions of its folder");
}

/// Folders beside `path` of processes that are no more.
void remove_leftovers(const fs::path& path) {
  const std::string begin = path.filename().string() + std::string(mark);
  for (const fs::path& entry : entries_of(path.parent_path())) {
    const std::string name = entry.filename().string();
    if (!name.starts_with(begin)) continue;
    pid_t process = 0;
    const char* end = name.data() + name.size();
    const auto [stop, code] = std::from_chars(name.data() + begin.size(), end, process);
    if (code != std::errc{} || stop != end || process <= 0) continue;
    const bool gone = ::kill(process, 0) != 0 && errno == ESRCH;
    std::error_code ignored;
    if (gone) fs::remove_all(entry, ignored);
  }
}

}  // namespace

void make_whole_folder(const fs::path& path, const std::function<void(const fs::path&)>& write) {
  fs::path target = fs::absolute(path).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();
  std::error_code code;
  if (fs::exists(target, code) && !(is_folder(target) && fs::is_empty(target, code))) {
    throw Error(Error::Kind::file, path.string(), "is there already",
                "choose a folder that is not there or is empty");
  }
  fs::create_directories(target.parent_path(), code);
  if (code) cannot_write(path, code);
  remove_leftovers(target);
  fs::path aside = target;
  aside += std::string(mark) + std::to_string(::getpid());
  fs::remove_all(aside, code);
  fs::create_directory(aside, code);
  if (code) cannot_write(path, code);
  try {
    write(aside);
    fs::rename(aside, target, code);
    if (code) cannot_write(path, code);
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(aside, ignored);
    throw;
  }
}

}  // namespace paralif
