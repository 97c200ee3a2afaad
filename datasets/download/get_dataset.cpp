#include "datasets/download/get_dataset.h"

#include <algorithm>

#include "datasets/download/unpack.h"
#include "datasets/error.h"
#include "datasets/samples/sample_data.h"
#include "datasets/data_folder.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

/// A folder of its own within the data folder, gone in the end.
class Aside {
 public:
  explicit Aside(const fs::path& folder) : path(folder / ".unpacking") {
    std::error_code code;
    fs::remove_all(path, code);  // of an attempt that was killed
    fs::create_directories(path, code);
    if (code) throw Error(Error::Kind::file, path.string(), "cannot be made: " + code.message());
  }
  ~Aside() {
    std::error_code none;
    fs::remove_all(path, none);
  }
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

  fs::path path;
};

void put_in_place(const fs::path& from, const fs::path& to) {
  std::error_code code;
  fs::rename(from, to, code);
  if (code) throw Error(Error::Kind::file, to.string(), "cannot be put in place: " + code.message());
}

void get_one(const RemoteFile& file, const fs::path& folder, const GetOptions& options) {
  const auto told = [&](const std::string& what, double share) {
    return !options.progress || options.progress(what + " " + file.name(), share);
  };
  RemoteFile from = file;
  if (!options.server.empty()) {
    from.url = options.server + (options.server.ends_with('/') ? "" : "/") + file.name();
  }
  DownloadOptions how;
  how.tries = options.tries;
  how.pause_s = options.pause_s;
  how.progress = [&](std::uint64_t done, std::uint64_t all) {
    return told("Downloading", all == 0 ? -1.0 : static_cast<double>(done) / static_cast<double>(all));
  };
  const fs::path archive = folder / file.name();
  std::error_code code;
  // An archive that was unpacked only in part; a file that is kept as it is would not be missing.
  if (!fs::exists(archive, code)) download_file(from, archive, how);
  if (file.gives == std::vector<std::string>{file.name()}) return;
  const Aside aside(folder);
  unpack_files(archive, file.gives, aside.path, file.most_bytes * 16,
               [&] { return told("Unpacking", -1.0); });
  for (const std::string& name : file.gives) put_in_place(aside.path / name, folder / name);
  fs::remove(archive, code);
}

}  // namespace

std::vector<RemoteFile> missing_files(const Dataset& dataset, const fs::path& folder) {
  std::vector<RemoteFile> missing;
  for (const RemoteFile& file : dataset.downloads) {
    const bool there = std::ranges::all_of(file.gives, [&](const std::string& name) {
      std::error_code none;
      return fs::exists(folder / name, none);
    });
    if (!there) missing.push_back(file);
  }
  return missing;
}

void get_dataset(const Dataset& dataset, const fs::path& folder, const GetOptions& options) {
  if (dataset.downloads.empty()) {
    const bool nothing = dataset.page.empty();
    throw Error(Error::Kind::setting, "dataset",
                "'" + dataset.name + "' " + (nothing ? "has nothing to download" : "cannot be downloaded by a program"),
                nothing ? "" : dataset.by_hand + "; then put " + dataset.files + " into " + folder.string());
  }
  std::error_code none;
  if (fs::exists(folder / sample_data_note(dataset.name), none)) {
    throw Error(Error::Kind::file, folder.string(), "holds sample data of this dataset",
                "choose another folder, or remove the sample data first");
  }
  for (const RemoteFile& file : missing_files(dataset, folder)) get_one(file, folder, options);
}

}  // namespace paralif
