#include "datasets/readers/zip_archive.h"

#include <zip.h>

#include <array>
#include <fstream>
#include <mutex>

#include "datasets/error.h"
#include "datasets/readers/readable.h"

namespace paralif {

struct ZipArchive::Open {
  ~Open() {
    if (archive != nullptr) zip_discard(archive);
  }

  zip_t* archive = nullptr;
  std::mutex mutex;
};

ZipArchive::ZipArchive(const std::filesystem::path& path)
    : path_(path), open_(std::make_unique<Open>()) {
  require_readable_file(path);
  int code = 0;
  open_->archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (open_->archive == nullptr) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    throw Error(Error::Kind::file, path.string(), "is no readable zip archive: " + reason,
                "download it again");
  }
  const zip_int64_t entries = zip_get_num_entries(open_->archive, 0);
  for (zip_int64_t i = 0; i < entries; ++i) {
    const char* name = zip_get_name(open_->archive, static_cast<zip_uint64_t>(i), 0);
    names_.emplace_back(name == nullptr ? "" : name);
  }
}

ZipArchive::~ZipArchive() = default;

std::string ZipArchive::read(std::uint64_t entry, std::uint64_t limit) const {
  std::string bytes;
  stream(entry, limit, [&](std::string_view piece) {
    bytes += piece;
    return true;
  });
  return bytes;
}

std::uint64_t ZipArchive::unpack(std::uint64_t entry, const std::filesystem::path& path,
                                 std::uint64_t limit, const std::atomic<bool>& cancelled) const {
  std::uint64_t written = 0;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  stream(entry, limit, [&](std::string_view piece) {
    file.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    written += piece.size();
    return file.good() && !cancelled;
  });
  file.close();
  if (!file) {
    throw Error(Error::Kind::file, path.string(), "cannot be written",
                "check the free space and the permissions");
  }
  return written;
}

void ZipArchive::stream(std::uint64_t entry, std::uint64_t limit,
                        const std::function<bool(std::string_view)>& take) const {
  const std::string origin = path_.string() + ":" + names_.at(entry);
  const std::scoped_lock lock(open_->mutex);
  const auto fail = [&](const std::string& reason) -> Error {
    return {Error::Kind::file, origin, "cannot be unpacked: " + reason,
            "download the archive again"};
  };
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat_index(open_->archive, entry, 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0) {
    throw fail(zip_strerror(open_->archive));
  }
  constexpr std::uint64_t best_ratio = 1100;  // of deflate, which reaches 1032
  if ((stat.valid & ZIP_STAT_COMP_SIZE) != 0 && stat.size / best_ratio > stat.comp_size + 64) {
    throw fail("it claims " + std::to_string(stat.size) + " bytes, more than its " +
               std::to_string(stat.comp_size) + " can hold");
  }
  if (stat.size > limit) {
    throw Error(Error::Kind::file, origin,
                "unpacks to " + std::to_string(stat.size) + " bytes, more than such a file can have",
                "check that it is the right archive");
  }
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
      zip_fopen_index(open_->archive, entry, 0), zip_fclose);
  if (file == nullptr) throw fail(zip_strerror(open_->archive));
  // The header's size is only a claim: what really comes is counted.
  std::array<char, 1 << 16> piece;
  std::uint64_t count = 0;
  for (;;) {
    const zip_int64_t got = zip_fread(file.get(), piece.data(), piece.size());
    if (got < 0) throw fail(zip_file_strerror(file.get()));
    count += static_cast<std::uint64_t>(got);
    if (count > limit) throw fail("it holds more than its header says");
    if (got == 0) break;
    if (!take({piece.data(), static_cast<std::size_t>(got)})) return;
  }
  if (count != stat.size) throw fail("it ends early");
}

}  // namespace paralif
