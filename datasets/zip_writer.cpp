#include "datasets/zip_writer.h"

#include <zip.h>

#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace {

[[noreturn]] void fail(const std::filesystem::path& aside, const std::string& reason) {
  throw Error(Error::Kind::file, final_path(aside).string(), "cannot be written: " + reason,
              "choose another folder or free space");
}

void add(zip_t* archive, const std::filesystem::path& aside, const std::string& name,
         zip_source_t* source, zip_int32_t compression) {
  if (source == nullptr) fail(aside, zip_strerror(archive));
  const zip_int64_t entry = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (entry < 0) {
    zip_source_free(source);
    fail(aside, zip_strerror(archive));
  }
  // The same contents are the same archive, whenever it is written: all entries are of the first
  // day that the format knows, 1980-01-01.
  constexpr zip_uint16_t first_day = (1U << 5U) | 1U;
  zip_file_set_dostime(archive, static_cast<zip_uint64_t>(entry), 0, first_day, 0);
  zip_set_file_compression(archive, static_cast<zip_uint64_t>(entry), compression, 0);
}

/// Thrown through the writing of a file that nobody wants any more.
struct Cancelled {};

int is_cancelled(zip_t* /*archive*/, void* flag) {
  return static_cast<const std::atomic<bool>*>(flag)->load() ? 1 : 0;
}

void write_entries(const std::filesystem::path& aside, const ZipEntries& entries,
                   const std::vector<std::pair<std::string, std::filesystem::path>>& files,
                   const std::atomic<bool>& cancelled) {
  int code = 0;
  zip_t* archive = zip_open(aside.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  if (archive == nullptr) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    fail(aside, reason);
  }
  try {
    zip_register_cancel_callback_with_state(archive, is_cancelled, nullptr,
                                            const_cast<std::atomic<bool>*>(&cancelled));
    for (const auto& [name, bytes] : entries) {
      add(archive, aside, name, zip_source_buffer(archive, bytes.data(), bytes.size(), 0),
          ZIP_CM_STORE);
    }
    for (const auto& [name, file] : files) {
      add(archive, aside, name, zip_source_file(archive, file.c_str(), 0, -1), ZIP_CM_DEFLATE);
    }
  } catch (...) {
    zip_discard(archive);
    throw;
  }
  if (zip_close(archive) != 0) {
    const std::string reason = zip_strerror(archive);
    zip_discard(archive);
    if (cancelled) throw Cancelled();
    fail(aside, reason);
  }
}

}  // namespace

void write_zip(const std::filesystem::path& path, const ZipEntries& entries) {
  const std::atomic<bool> never{false};
  write_zip(path, entries, {}, never);
}

void write_zip(const std::filesystem::path& path, const ZipEntries& entries,
               const std::vector<std::pair<std::string, std::filesystem::path>>& files,
               const std::atomic<bool>& cancelled) {
  try {
    replace_file(path, [&](const std::filesystem::path& aside) {
      write_entries(aside, entries, files, cancelled);
    });
  } catch (const Cancelled&) {
    // Nothing is left, as asked.
  }
}

}  // namespace paralif
