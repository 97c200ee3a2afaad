#include <new>

#include "datasets/error.h"
#include "datasets/hdf5_file.h"
#include "datasets/hdf5_handle.h"
#include "datasets/hdf5_open.h"

namespace paralif {
namespace {

constexpr std::uint64_t largest_array = std::uint64_t{4} << 30;  // bytes in memory
constexpr std::size_t largest_number = 16;                       // bytes; no type has more
constexpr std::size_t longest_text = 1 << 20;                    // of an attribute
constexpr hssize_t most_values = 1'000'000;                      // of an attribute

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
    const Hdf5Handle dataset = open_hdf5_array(file.get(), path, name);
    const Hdf5Handle type(H5Dget_type(dataset.get()), H5Tclose);
    const H5T_class_t kind = H5Tget_class(type.get());
    if ((kind != H5T_INTEGER && kind != H5T_FLOAT) || H5Tget_size(type.get()) > largest_number) {
      fail(name, "does not hold numbers");
    }
    Array<T> array;
    array.shape = extents_held(dataset.get(), path, name, sizeof(T), largest_array);
    std::size_t count = 1;
    for (const std::int64_t extent : array.shape) count *= static_cast<std::size_t>(extent);
    try {
      array.values.resize(count);
    } catch (const std::bad_alloc&) {
      fail(name, "needs " + std::to_string(count * sizeof(T) >> 20) + " MiB of memory, which " +
                     "there are not");
    }
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
    if (!attribute.valid() || !type.valid() || count < 0) fail(label, "cannot be read");
    const H5T_class_t kind = H5Tget_class(type.get());
    // Only numbers come as arrays: everything else is read into room for one.
    if (kind == H5T_FLOAT ? count > most_values : count != 1) {
      fail(label, "holds " + std::to_string(count) + " values, where " +
                      (kind == H5T_FLOAT ? "so many cannot be" : "one is expected"));
    }
    if (kind != H5T_STRING && H5Tget_size(type.get()) > largest_number) {
      fail(label, "has a type that is not understood");
    }
    const auto check = [&](herr_t result) {
      if (result < 0) fail(label, "cannot be read");
    };
    switch (kind) {
      case H5T_ENUM: {
        std::int64_t value = 0;
        if (H5Tget_size(type.get()) > sizeof value) fail(label, "is no truth value");
        check(H5Aread(attribute.get(), type.get(), &value));
        return (value & 0xff) != 0;
      }
      case H5T_INTEGER: {
        std::int64_t value = 0;
        check(H5Aread(attribute.get(), H5T_NATIVE_INT64, &value));
        return value;
      }
      case H5T_FLOAT: {
        std::vector<double> values(static_cast<std::size_t>(count));
        if (count > 0) check(H5Aread(attribute.get(), H5T_NATIVE_DOUBLE, values.data()));
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
    const std::size_t size = H5Tget_size(type);
    if (size > longest_text) fail(label, "claims a text of an impossible length");
    std::string value(size, '\0');
    if (H5Aread(attribute, type, value.data()) < 0) fail(label, "cannot be read");
    return value.c_str();
  }
};

Hdf5Reader::Hdf5Reader(const std::filesystem::path& path) : impl_(std::make_unique<Impl>()) {
  impl_->path = path;
  impl_->file = open_hdf5(path);
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
  require_inside(impl_->file.get(), impl_->path, name);
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
  require_inside(impl_->file.get(), impl_->path, group);
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
  require_inside(impl_->file.get(), impl_->path, name);
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
