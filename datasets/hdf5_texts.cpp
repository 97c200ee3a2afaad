#include "datasets/hdf5_texts.h"

#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/hdf5_handle.h"
#include "datasets/hdf5_open.h"

namespace paralif {
namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{64} << 20;
constexpr std::size_t most_texts = 1'000'000;

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& name,
                       const std::string& problem) {
  throw Error(Error::Kind::file, path.string(), "'" + name + "' " + problem,
              "the file may be truncated or of another layout");
}

/// Frees what HDF5 allocated for texts of variable length.
struct Reclaim {
  hid_t type, space;
  std::vector<char*>& texts;
  ~Reclaim() { H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts.data()); }
};

}  // namespace

Array<std::string> read_hdf5_texts(const std::filesystem::path& path, const std::string& name) {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  const Hdf5Handle file = open_hdf5(path);
  const Hdf5Handle array = open_hdf5_array(file.get(), path, name);
  const Hdf5Handle type(H5Dget_type(array.get()), H5Tclose);
  if (H5Tget_class(type.get()) != H5T_STRING) fail(path, name, "does not hold texts");
  Array<std::string> texts;
  texts.shape = extents_held(array.get(), path, name, sizeof(char*), most_bytes);
  std::size_t count = 1;
  for (const std::int64_t extent : texts.shape) count *= static_cast<std::size_t>(extent);
  if (count > most_texts) fail(path, name, "holds too many texts");
  if (count == 0) return texts;
  const Hdf5Handle memory(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_cset(memory.get(), H5Tget_cset(type.get()));
  if (H5Tis_variable_str(type.get()) > 0) {
    H5Tset_size(memory.get(), H5T_VARIABLE);
    const Hdf5Handle space(H5Dget_space(array.get()), H5Sclose);
    std::vector<char*> read(count, nullptr);
    const Reclaim reclaim{memory.get(), space.get(), read};
    if (H5Dread(array.get(), memory.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, read.data()) < 0) {
      fail(path, name, "cannot be read");
    }
    std::uint64_t bytes = 0;
    for (const char* text : read) {
      texts.values.emplace_back(text == nullptr ? "" : text);
      bytes += texts.values.back().size();
      if (bytes > most_bytes) fail(path, name, "holds too long texts");
    }
    return texts;
  }
  const std::size_t size = H5Tget_size(type.get());
  if (size == 0 || size * count > most_bytes) fail(path, name, "holds too long texts");
  H5Tset_size(memory.get(), size);
  std::string all(size * count, '\0');
  if (H5Dread(array.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, all.data()) < 0) {
    fail(path, name, "cannot be read");
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::string text = all.substr(i * size, size);
    texts.values.push_back(text.substr(0, text.find('\0')));
  }
  return texts;
}

void append_hdf5_texts(const std::filesystem::path& path,
                       const std::map<std::string, Array<std::string>>& texts) {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  const auto check = [&](bool good, const std::string& what) {
    if (good) return;
    throw Error(Error::Kind::file, final_path(path).string(), "cannot write " + what,
                "check the free space and the permissions of its folder");
  };
  Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose);
  check(file.valid(), "the file");
  const Hdf5Handle links(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
  H5Pset_create_intermediate_group(links.get(), 1);
  const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type.get(), H5T_VARIABLE);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  for (const auto& [name, array] : texts) {
    const std::vector<hsize_t> extent(array.shape.begin(), array.shape.end());
    const Hdf5Handle space(
        extent.empty() ? H5Screate(H5S_SCALAR)
                       : H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr),
        H5Sclose);
    const Hdf5Handle dataset(H5Dcreate2(file.get(), name.c_str(), type.get(), space.get(),
                                        links.get(), H5P_DEFAULT, H5P_DEFAULT),
                             H5Dclose);
    std::vector<const char*> pointers;
    for (const std::string& text : array.values) pointers.push_back(text.c_str());
    check(dataset.valid() && H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT,
                                      pointers.data()) >= 0,
          name);
  }
  check(H5Fflush(file.get(), H5F_SCOPE_LOCAL) >= 0, "the file");
  check(file.reset(), "the file");
}

}  // namespace paralif
