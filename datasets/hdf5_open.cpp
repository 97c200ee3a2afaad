#include "datasets/hdf5_open.h"

#include <algorithm>
#include <cstring>

#include "datasets/error.h"
#include "datasets/readers/readable.h"

namespace paralif {
namespace {

constexpr int most_links = 16;            // one after the other
constexpr std::size_t longest_link = 4096;
constexpr std::uint64_t best_ratio = 1100;  // of deflate, which reaches 1032
constexpr std::uint64_t slack = 65536;      // bytes: for what is too small to matter

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& name,
                       const std::string& problem, const std::string& remedy) {
  throw Error(Error::Kind::file, path.string(), name.empty() ? problem : "'" + name + "' " + problem,
              remedy);
}

[[noreturn]] void leads_out(const std::filesystem::path& path, const std::string& name,
                            const std::string& how) {
  fail(path, name, how, "put its data into the file itself: other files are not opened for one");
}

[[noreturn]] void overclaims(const std::filesystem::path& path, const std::string& name,
                             const std::string& what) {
  fail(path, name, what, "the file is damaged or made to mislead: take it from another source");
}

/// Whether the errors of the last call say that another program holds the file.
bool is_locked() {
  bool locked = false;
  const auto look = [](unsigned, const H5E_error2_t* error, void* found) -> herr_t {
    const char* text = error->desc == nullptr ? "" : error->desc;
    if (std::strstr(text, "unable to lock file") != nullptr ||
        std::strstr(text, "already open for") != nullptr) {
      *static_cast<bool*>(found) = true;
    }
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, look, &locked);
  return locked;
}

std::string target_of(hid_t file, const std::string& link, std::size_t size) {
  std::string target(std::min(size, longest_link), '\0');
  if (H5Lget_val(file, link.c_str(), target.data(), target.size(), H5P_DEFAULT) < 0) return {};
  return target.c_str();
}

void follow(hid_t file, const std::filesystem::path& path, const std::string& name,
            const std::string& asked, int links) {
  if (links > most_links) leads_out(path, asked, "is a link that leads in circles");
  std::size_t start = 0;
  while (start < name.size()) {
    std::size_t end = name.find('/', start);
    if (end == std::string::npos) end = name.size();
    const std::string part = name.substr(start, end - start);
    start = end + 1;
    if (part.empty() || part == ".") continue;
    const std::string so_far = name.substr(0, end);
    H5L_info_t info;
    if (H5Lget_info(file, so_far.c_str(), &info, H5P_DEFAULT) < 0) return;  // does not exist
    if (info.type == H5L_TYPE_HARD) continue;
    if (info.type != H5L_TYPE_SOFT) leads_out(path, asked, "is a link into another file");
    const std::string target = target_of(file, so_far, info.u.val_size);
    const std::size_t parent = so_far.rfind('/');
    const bool absolute = target.starts_with('/') || parent == std::string::npos;
    follow(file, path, absolute ? target : so_far.substr(0, parent + 1) + target, asked, links + 1);
  }
}

}  // namespace

Hdf5Handle open_hdf5(const std::filesystem::path& path) {
  require_readable_file(path);
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  if (file.valid()) return file;
  if (is_locked()) {
    fail(path, "", "is in use by another program, or was not closed by the one that wrote it",
         "close that program and try again; 'h5clear -s' mends a file left open");
  }
  fail(path, "", "is not a readable HDF5 file", "the file may be truncated or of another kind");
}

void require_inside(hid_t file, const std::filesystem::path& path, const std::string& name) {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  follow(file, path, name, name, 0);
}

Hdf5Handle open_hdf5_array(hid_t file, const std::filesystem::path& path,
                           const std::string& name) {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  require_inside(file, path, name);
  Hdf5Handle array(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose);
  if (!array.valid()) {
    fail(path, name, "is missing or not an array",
         "the file may be truncated or of another layout");
  }
  const Hdf5Handle layout(H5Dget_create_plist(array.get()), H5Pclose);
  if (H5Pget_layout(layout.get()) == H5D_VIRTUAL) {
    leads_out(path, name, "is a virtual array, whose numbers are in other files");
  }
  if (H5Pget_external_count(layout.get()) > 0) {
    leads_out(path, name, "keeps its numbers in other files");
  }
  return array;
}

std::vector<std::int64_t> extents_held(hid_t array, const std::filesystem::path& path,
                                       const std::string& name, std::size_t item_bytes,
                                       std::uint64_t most_bytes) {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  const Hdf5Handle space(H5Dget_space(array), H5Sclose);
  const int rank = H5Sget_simple_extent_ndims(space.get());
  if (rank < 0) fail(path, name, "has no shape", "the file may be damaged");
  std::vector<hsize_t> extent(static_cast<std::size_t>(rank));
  H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr);
  const Hdf5Handle type(H5Dget_type(array), H5Tclose);
  const std::uint64_t stored_item = std::max<std::size_t>(1, H5Tget_size(type.get()));
  std::error_code code;
  const std::uint64_t file_bytes = std::filesystem::file_size(path, code);
  const std::uint64_t stored =
      std::min<std::uint64_t>(H5Dget_storage_size(array), code ? 0 : file_bytes);
  const Hdf5Handle layout(H5Dget_create_plist(array), H5Pclose);
  const bool chunked = H5Pget_layout(layout.get()) == H5D_CHUNKED;
  const std::uint64_t held = chunked ? stored * best_ratio + slack : stored;

  const auto values_in = [](const std::vector<hsize_t>& sides, std::uint64_t most) {
    std::uint64_t values = 1;
    for (const hsize_t side : sides) {
      if (side == 0) return std::uint64_t{0};
      if (values > most / side) return most + 1;
      values *= side;
    }
    return values;
  };
  const bool empty = std::ranges::find(extent, hsize_t{0}) != extent.end();
  const std::uint64_t values = values_in(extent, ~std::uint64_t{0} >> 8);
  if (!empty && (stored == 0 || H5Sget_simple_extent_type(space.get()) == H5S_NULL)) {
    overclaims(path, name, "has no data");
  }
  if (values > held / stored_item) {
    overclaims(path, name, "claims " + std::to_string(values) + " values, more than the file of " +
                               std::to_string(file_bytes) + " bytes can hold");
  }
  if (values > most_bytes / std::max(stored_item, std::uint64_t{item_bytes})) {
    overclaims(path, name, "claims " + std::to_string(values) + " values, more than the " +
                               std::to_string(most_bytes >> 20) + " MiB that such an array may take");
  }
  if (chunked && !empty) {
    std::vector<hsize_t> chunk(extent.size());
    if (H5Pget_chunk(layout.get(), rank, chunk.data()) != rank ||
        values_in(chunk, ~std::uint64_t{0} >> 8) > std::min(held, most_bytes) / stored_item) {
      overclaims(path, name, "claims an impossible size of chunks");
    }
  }
  return {extent.begin(), extent.end()};
}

}  // namespace paralif
