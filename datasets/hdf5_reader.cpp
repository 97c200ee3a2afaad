#include <algorithm>
#include <limits>

#include "datasets/error.h"
#include "datasets/hdf5_file.h"
#include "datasets/hdf5_handle.h"

namespace paralif {
namespace {

constexpr std::int64_t largest_array = std::int64_t{1} << 33;  // elements; more is a broken header

herr_t collect_name(hid_t, const char* name, const H5L_info_t*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

herr_t collect_attribute(hid_t, const char* name, const H5A_info_t*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

}  // namespace

struct Hdf5Reader::Impl {
  std::filesystem::path path;
  Hdf5Handle file;

  [[noreturn]] void fail(const std::string& name, const std::string& problem) const {
    throw Error(Error::Kind::file, path.string(),
                name.empty() ? problem : "'" + name + "' " + problem,
                "the file may be truncated or of another layout");
  }

  template <typename T>
  Array<T> read(const std::string& name, hid_t memory_type) const {
    const Hdf5Lock lock(hdf5_mutex());
    quiet_hdf5();
    const Hdf5Handle dataset(H5Dopen2(file.get(), name.c_str(), H5P_DEFAULT), H5Dclose);
    if (!dataset.valid()) fail(name, "is missing or not an array");
    const Hdf5Handle type(H5Dget_type(dataset.get()), H5Tclose);
    const H5T_class_t kind = H5Tget_class(type.get());
    if (kind != H5T_INTEGER && kind != H5T_FLOAT) fail(name, "does not hold numbers");
    const Hdf5Handle space(H5Dget_space(dataset.get()), H5Sclose);
    const int rank = H5Sget_simple_extent_ndims(space.get());
    if (rank < 0) fail(name, "has no shape");
    std::vector<hsize_t> extent(static_cast<std::size_t>(rank));
    H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr);
    Array<T> array;
    std::int64_t count = 1;
    for (const hsize_t e : extent) {
      if (e > static_cast<hsize_t>(largest_array) ||
          (e > 0 && count > largest_array / static_cast<std::int64_t>(e))) {
        fail(name, "claims an impossible size");
      }
      count *= static_cast<std::int64_t>(e);
      array.shape.push_back(static_cast<std::int64_t>(e));
    }
    // A header may claim more than the file holds; chunked and compressed data may honestly.
    if (H5Dget_storage_size(dataset.get()) == 0 && count > 0) fail(name, "has no data");
    array.values.resize(static_cast<std::size_t>(count));
    if (count > 0 && H5Dread(dataset.get(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                             array.values.data()) < 0) {
      fail(name, "cannot be read");
    }
    return array;
  }

  Hdf5Attribute attribute(hid_t object, const std::string& owner, const std::string& name) const {
    const Hdf5Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose);
    const Hdf5Handle type(H5Aget_type(attribute.get()), H5Tclose);
    const Hdf5Handle space(H5Aget_space(attribute.get()), H5Sclose);
    const hssize_t count = H5Sget_simple_extent_npoints(space.get());
    const std::string label = owner + "@" + name;
    if (!attribute.valid() || count < 0 || count > 1000000) fail(label, "cannot be read");
    switch (H5Tget_class(type.get())) {
      case H5T_ENUM: {
        std::int64_t value = 0;
        if (count != 1 || H5Tget_size(type.get()) > sizeof value) fail(label, "is no truth value");
        H5Aread(attribute.get(), type.get(), &value);
        return (value & 0xff) != 0;
      }
      case H5T_INTEGER: {
        if (count != 1) break;
        std::int64_t value = 0;
        H5Aread(attribute.get(), H5T_NATIVE_INT64, &value);
        return value;
      }
      case H5T_FLOAT: {
        std::vector<double> values(static_cast<std::size_t>(count));
        H5Aread(attribute.get(), H5T_NATIVE_DOUBLE, values.data());
        if (H5Sget_simple_extent_type(space.get()) == H5S_SCALAR && count == 1) return values[0];
        return values;
      }
      case H5T_STRING:
        return text(attribute.get(), type.get(), label);
      default:
        break;
    }
    fail(label, "has a type that is not understood");
  }

  std::string text(hid_t attribute, hid_t type, const std::string& label) const {
    if (H5Tis_variable_str(type) > 0) {
      char* characters = nullptr;
      const Hdf5Handle memory(H5Tcopy(H5T_C_S1), H5Tclose);
      H5Tset_size(memory.get(), H5T_VARIABLE);
      H5Tset_cset(memory.get(), H5Tget_cset(type));
      if (H5Aread(attribute, memory.get(), &characters) < 0) fail(label, "cannot be read");
      std::string value = characters == nullptr ? "" : characters;
      H5free_memory(characters);
      return value;
    }
    std::string value(H5Tget_size(type), '\0');
    if (H5Aread(attribute, type, value.data()) < 0) fail(label, "cannot be read");
    return value.c_str();
  }
};

Hdf5Reader::Hdf5Reader(const std::filesystem::path& path) : impl_(std::make_unique<Impl>()) {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  impl_->path = path;
  std::error_code code;
  if (!std::filesystem::exists(path, code)) {
    throw Error(Error::Kind::file, path.string(), "does not exist", "check the name");
  }
  if (std::filesystem::is_directory(path, code)) {
    throw Error(Error::Kind::file, path.string(), "is a folder, not an HDF5 file");
  }
  impl_->file = Hdf5Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  if (!impl_->file.valid()) {
    impl_->fail("", "is not a readable HDF5 file");
  }
}

Hdf5Reader::~Hdf5Reader() = default;
Hdf5Reader::Hdf5Reader(Hdf5Reader&&) noexcept = default;
Hdf5Reader& Hdf5Reader::operator=(Hdf5Reader&&) noexcept = default;

const std::filesystem::path& Hdf5Reader::path() const {
  return impl_->path;
}

bool Hdf5Reader::contains(const std::string& name) const {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  // Every link on the way must exist before the last may be asked for.
  for (std::size_t at = name.find('/', 1); at != std::string::npos; at = name.find('/', at + 1)) {
    if (H5Lexists(impl_->file.get(), name.substr(0, at).c_str(), H5P_DEFAULT) <= 0) return false;
  }
  return name == "/" || H5Lexists(impl_->file.get(), name.c_str(), H5P_DEFAULT) > 0;
}

bool Hdf5Reader::is_group(const std::string& name) const {
  const Hdf5Lock lock(hdf5_mutex());
  if (!contains(name)) return false;
  const Hdf5Handle object(H5Oopen(impl_->file.get(), name.c_str(), H5P_DEFAULT), H5Oclose);
  return object.valid() && H5Iget_type(object.get()) == H5I_GROUP;
}

std::vector<std::string> Hdf5Reader::members(const std::string& group) const {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  const Hdf5Handle object(H5Gopen2(impl_->file.get(), group.c_str(), H5P_DEFAULT), H5Gclose);
  if (!object.valid()) impl_->fail(group, "is missing or not a group");
  std::vector<std::string> names;
  if (H5Literate(object.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, collect_name, &names) < 0) {
    impl_->fail(group, "cannot be listed");
  }
  return names;
}

std::map<std::string, Hdf5Attribute> Hdf5Reader::attributes(const std::string& name) const {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  const Hdf5Handle object(H5Oopen(impl_->file.get(), name.c_str(), H5P_DEFAULT), H5Oclose);
  if (!object.valid()) impl_->fail(name, "is missing");
  std::vector<std::string> names;
  H5Aiterate2(object.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, collect_attribute, &names);
  std::map<std::string, Hdf5Attribute> all;
  for (const std::string& entry : names) {
    all.emplace(entry, impl_->attribute(object.get(), name, entry));
  }
  return all;
}

Array<float> Hdf5Reader::floats(const std::string& name) const {
  return impl_->read<float>(name, H5T_NATIVE_FLOAT);
}
Array<double> Hdf5Reader::doubles(const std::string& name) const {
  return impl_->read<double>(name, H5T_NATIVE_DOUBLE);
}
Array<std::int64_t> Hdf5Reader::integers(const std::string& name) const {
  return impl_->read<std::int64_t>(name, H5T_NATIVE_INT64);
}

}  // namespace paralif
