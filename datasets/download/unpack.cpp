#include "datasets/download/unpack.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <set>

#include "datasets/download/download.h"
#include "datasets/error.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t block = 1U << 16U;

[[noreturn]] void broken(const fs::path& archive, struct archive* reader) {
  const char* text = archive_error_string(reader);
  throw Error(Error::Kind::file, archive.string(),
              std::string("is no whole archive: ") + (text == nullptr ? "it cannot be read" : text),
              "download it again");
}

class Unpacking {
 public:
  Unpacking(const fs::path& archive, std::uint64_t most, const std::function<bool()>& alive)
      : archive_(archive), left_(most), alive_(alive) {
    archive_read_support_format_zip(reader_.get());
    archive_read_support_format_tar(reader_.get());
    archive_read_support_filter_all(reader_.get());
    if (archive_read_open_filename(reader_.get(), archive.c_str(), block) != ARCHIVE_OK) {
      broken(archive_, reader_.get());
    }
  }

  /// The last part of the next regular file's path; empty at the end.
  std::string next() {
    struct archive_entry* entry = nullptr;
    while (true) {
      const int code = archive_read_next_header(reader_.get(), &entry);
      if (code == ARCHIVE_EOF) return {};
      if (code < ARCHIVE_WARN) broken(archive_, reader_.get());
      if (!alive_()) throw DownloadStopped();
      const char* path = archive_entry_pathname(entry);
      if (path == nullptr || archive_entry_filetype(entry) != AE_IFREG) continue;
      if (const std::string name = fs::path(path).filename().string(); !name.empty()) return name;
    }
  }

  void extract(const fs::path& to) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::fopen(to.c_str(), "wbx"),
                                                              std::fclose);
    if (out == nullptr) cannot_write(to);
    std::vector<char> buffer(block);
    while (true) {
      const la_ssize_t count = archive_read_data(reader_.get(), buffer.data(), buffer.size());
      if (count == 0) break;
      if (count < 0) broken(archive_, reader_.get());
      if (!alive_()) throw DownloadStopped();
      if (static_cast<std::uint64_t>(count) > left_) {
        throw Error(Error::Kind::file, archive_.string(), "holds more than such an archive can");
      }
      left_ -= static_cast<std::uint64_t>(count);
      const auto size = static_cast<std::size_t>(count);
      if (std::fwrite(buffer.data(), 1, size, out.get()) != size) cannot_write(to);
    }
    if (std::fflush(out.get()) != 0) cannot_write(to);
  }

 private:
  [[noreturn]] static void cannot_write(const fs::path& to) {
    throw Error(Error::Kind::file, to.string(),
                std::string("cannot be written: ") + std::strerror(errno), "free some space");
  }

  const fs::path& archive_;
  std::uint64_t left_;
  const std::function<bool()>& alive_;
  std::unique_ptr<struct archive, int (*)(struct archive*)> reader_{archive_read_new(),
                                                                    archive_read_free};
};

}  // namespace

bool is_archive(const std::string& name) {
  static const std::vector<std::string> endings{".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz"};
  return std::ranges::any_of(endings, [&](const std::string& end) { return name.ends_with(end); });
}

void unpack_files(const fs::path& archive, const std::vector<std::string>& names,
                  const fs::path& folder, std::uint64_t most_bytes,
                  const std::function<bool()>& alive) {
  Unpacking unpacking(archive, most_bytes, alive);
  std::set<std::string> missing(names.begin(), names.end());
  for (std::string name = unpacking.next(); !name.empty(); name = unpacking.next()) {
    if (!missing.contains(name)) continue;
    unpacking.extract(folder / name);
    missing.erase(name);
  }
  if (missing.empty()) return;
  throw Error(Error::Kind::file, archive.string(), "has no " + *missing.begin(),
              "see the publishers' page");
}

}  // namespace paralif
