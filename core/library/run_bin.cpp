#include "core/library/run_bin.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"
#include "datasets/error.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

/// Between a sweep's name and its run's, and before a number, in the name of a folder of the bin.
constexpr char joint = '@';
constexpr char count = '~';

/// A name in which these mean themselves: "%40" for '@'.
std::string escaped(const std::string& name) {
  std::string result;
  for (const char c : name) {
    if (c == joint || c == count || c == '%') {
      result += fmt::format("%{:02X}", static_cast<int>(c));
    } else {
      result += c;
    }
  }
  return result;
}

std::string unescaped(const std::string& name) {
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const std::string code = name.substr(i, 3);
    const char of = code == "%40" ? joint : code == "%7E" ? count : code == "%25" ? '%' : '\0';
    result += of != '\0' ? of : name[i];
    if (of != '\0') i += 2;
  }
  return result;
}

bool is_real_folder(const fs::path& path) {
  std::error_code code;
  return fs::is_directory(fs::symlink_status(path, code));
}

[[noreturn]] void cannot_move(const fs::path& from, const std::string& reason) {
  throw Error(Error::Kind::file, from.string(), "cannot be moved: " + reason,
              "check the permissions of its folder");
}

void move_folder(const fs::path& from, const fs::path& to) {
  std::error_code code;
  fs::rename(from, to, code);
  if (code) cannot_move(from, code.message());
}

void require_in_bin(const fs::path& root, const fs::path& binned) {
  if (binned.parent_path().lexically_normal() != bin_of(root).lexically_normal() ||
      binned.filename().empty() || binned.filename() == ".." ||
      !is_real_folder(bin_of(root)) || !is_real_folder(binned) || !has_file_of_run(binned)) {
    throw Error(Error::Kind::file, binned.string(), "is no run that lies in the bin",
                "list the bin with: paralif runs --bin");
  }
}

}  // namespace

fs::path bin_of(const fs::path& root) { return root / ".bin"; }

fs::path move_to_bin(const fs::path& root, const fs::path& run) {
  if (!has_file_of_run(run)) {
    throw Error(Error::Kind::file, run.string(), "is not the folder of a run");
  }
  if (!is_real_folder(run)) {
    throw Error(Error::Kind::file, run.string(), "is a link to a run elsewhere", "remove the link");
  }
  const fs::path relative = run.lexically_normal().lexically_relative(root.lexically_normal());
  const auto parts = std::distance(relative.begin(), relative.end());
  if (relative.empty() || *relative.begin() == ".." || *relative.begin() == "." || parts > 2) {
    throw Error(Error::Kind::file, run.string(), "does not lie in " + root.string(),
                "say where with --dir");
  }
  bool held = false;
  try {
    held = RunLock::is_held(run);
  } catch (const Error&) {
    // A lock that is no file: a damaged run, which may go.
  }
  if (held) {
    throw Error(Error::Kind::file, run.string(), "is being trained", "stop it first");
  }
  std::error_code code;
  fs::create_directories(bin_of(root), code);
  if (code) cannot_move(run, code.message());
  if (!is_real_folder(bin_of(root))) {
    throw Error(Error::Kind::file, bin_of(root).string(), "is a link, not the bin of these runs",
                "remove the link");
  }
  std::string name = escaped(relative.begin()->string());
  if (parts == 2) name += joint + escaped(run.lexically_normal().filename().string());
  for (int number = 1; number < 10'000; ++number) {
    const fs::path place =
        bin_of(root) / (number == 1 ? name : fmt::format("{}{}{}", name, count, number));
    if (fs::exists(fs::symlink_status(place, code))) continue;
    move_folder(run, place);
    return place;
  }
  cannot_move(run, "the bin has too many of this name");
}

fs::path restore_from_bin(const fs::path& root, const fs::path& binned) {
  require_in_bin(root, binned);
  std::string name = binned.filename().string();
  if (const auto mark = name.rfind(count); mark != std::string::npos && mark > 0) name.resize(mark);
  const auto at = name.find(joint);
  const fs::path relative = at == std::string::npos
                                ? fs::path(unescaped(name))
                                : fs::path(unescaped(name.substr(0, at))) / unescaped(name.substr(at + 1));
  const fs::path place = root / relative;
  std::error_code code;
  if (fs::exists(fs::symlink_status(place, code))) {
    throw Error(Error::Kind::file, place.string(), "is there already", "rename or remove that one");
  }
  fs::create_directories(place.parent_path(), code);
  move_folder(binned, place);
  return place;
}

void delete_from_bin(const fs::path& root, const fs::path& binned) {
  require_in_bin(root, binned);
  std::error_code code;
  fs::remove_all(binned, code);
  if (code) {
    throw Error(Error::Kind::file, binned.string(), "cannot be removed: " + code.message(),
                "check its permissions");
  }
}

std::vector<fs::path> list_bin(const fs::path& root) {
  std::vector<fs::path> folders;
  if (!is_real_folder(bin_of(root))) return folders;
  std::error_code code;
  for (fs::directory_iterator at(bin_of(root), code), end; !code && at != end; at.increment(code)) {
    if (is_real_folder(at->path()) && has_file_of_run(at->path())) folders.push_back(at->path());
  }
  std::ranges::sort(folders);
  return folders;
}

}  // namespace paralif
