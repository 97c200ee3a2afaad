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
         const std::string& bytes) {
  zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
  if (source == nullptr) fail(aside, zip_strerror(archive));
  const zip_int64_t entry = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (entry < 0) {
    zip_source_free(source);
    fail(aside, zip_strerror(archive));
  }
  zip_set_file_compression(archive, static_cast<zip_uint64_t>(entry), ZIP_CM_STORE, 0);
}

void write_entries(const std::filesystem::path& aside, const ZipEntries& entries) {
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
    for (const auto& [name, bytes] : entries) add(archive, aside, name, bytes);
  } catch (...) {
    zip_discard(archive);
    throw;
  }
  if (zip_close(archive) != 0) {
    const std::string reason = zip_strerror(archive);
    zip_discard(archive);
    fail(aside, reason);
  }
}

}  // namespace

void write_zip(const std::filesystem::path& path, const ZipEntries& entries) {
  replace_file(path, [&](const std::filesystem::path& aside) { write_entries(aside, entries); });
}

}  // namespace paralif
