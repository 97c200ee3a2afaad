#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/hdf5_file.h"
#include "datasets/hdf5_handle.h"

namespace paralif {

struct Hdf5Writer::Impl {
  std::filesystem::path path;
  Hdf5Handle file;
  Storage storage = Storage::compressed;
  Hdf5Handle links;  // makes the groups on the way

  void check(bool good, const std::string& what) const {
    if (good) return;
    throw Error(Error::Kind::file, final_path(path).string(), "cannot write " + what,
                "check the free space and the permissions of its folder");
  }

  void write(const std::string& name, const std::vector<std::int64_t>& shape, hid_t memory_type,
             hid_t file_type, const void* values) const {
    const Hdf5Lock lock(hdf5_mutex());
    quiet_hdf5();
    std::vector<hsize_t> extent(shape.begin(), shape.end());
    const Hdf5Handle space(
        extent.empty() ? H5Screate(H5S_SCALAR)
                       : H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr),
        H5Sclose);
    const Hdf5Handle options(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    hsize_t count = 1;
    for (const hsize_t e : extent) count *= e;
    if (!extent.empty() && count > 256 && storage == Storage::compressed) {
      std::vector<hsize_t> chunk = extent;
      hsize_t rest = 65536;
      for (auto e = chunk.rbegin(); e != chunk.rend(); ++e) {
        *e = std::max<hsize_t>(1, std::min(*e, rest));
        rest = std::max<hsize_t>(1, rest / *e);
      }
      H5Pset_chunk(options.get(), static_cast<int>(chunk.size()), chunk.data());
      H5Pset_shuffle(options.get());
      H5Pset_deflate(options.get(), 4);
    }
    Hdf5Handle dataset(H5Dcreate2(file.get(), name.c_str(), file_type, space.get(), links.get(),
                                  options.get(), H5P_DEFAULT),
                       H5Dclose);
    check(dataset.valid(), name);
    check(count == 0 ||
              H5Dwrite(dataset.get(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0,
          name);
    check(dataset.reset(), name);
  }

  void attribute(const std::string& object, const std::string& name, hid_t type,
                 const void* value) const {
    const Hdf5Lock lock(hdf5_mutex());
    quiet_hdf5();
    Hdf5Handle owner(H5Oopen(file.get(), object.c_str(), H5P_DEFAULT), H5Oclose);
    if (!owner.valid()) {
      owner = Hdf5Handle(
          H5Gcreate2(file.get(), object.c_str(), links.get(), H5P_DEFAULT, H5P_DEFAULT), H5Gclose);
    }
    const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose);
    const Hdf5Handle attribute(
        H5Acreate2(owner.get(), name.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
        H5Aclose);
    check(attribute.valid() && H5Awrite(attribute.get(), type, value) >= 0, object + "@" + name);
  }
};

Hdf5Writer::Hdf5Writer(const std::filesystem::path& path, Storage storage)
    : impl_(std::make_unique<Impl>()) {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  impl_->path = path;
  impl_->storage = storage;
  impl_->links = Hdf5Handle(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
  H5Pset_create_intermediate_group(impl_->links.get(), 1);
  impl_->file =
      Hdf5Handle(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
  impl_->check(impl_->file.valid(), "the file");
}

Hdf5Writer::~Hdf5Writer() = default;

void Hdf5Writer::write(const std::string& name, const Array<float>& array) {
  impl_->write(name, array.shape, H5T_NATIVE_FLOAT, H5T_IEEE_F32LE, array.values.data());
}
void Hdf5Writer::write(const std::string& name, const Array<double>& array) {
  impl_->write(name, array.shape, H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE, array.values.data());
}
void Hdf5Writer::write(const std::string& name, const Array<std::int64_t>& array) {
  impl_->write(name, array.shape, H5T_NATIVE_INT64, H5T_STD_I64LE, array.values.data());
}
void Hdf5Writer::write(const std::string& name, const Array<std::int32_t>& array) {
  impl_->write(name, array.shape, H5T_NATIVE_INT32, H5T_STD_I32LE, array.values.data());
}

void Hdf5Writer::attribute(const std::string& object, const std::string& name,
                           const std::string& value) {
  const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type.get(), value.size() + 1);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  impl_->attribute(object, name, type.get(), value.c_str());
}
void Hdf5Writer::attribute(const std::string& object, const std::string& name, double value) {
  impl_->attribute(object, name, H5T_NATIVE_DOUBLE, &value);
}
void Hdf5Writer::attribute(const std::string& object, const std::string& name, std::int64_t value) {
  impl_->attribute(object, name, H5T_NATIVE_INT64, &value);
}

void Hdf5Writer::close() {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  impl_->check(H5Fflush(impl_->file.get(), H5F_SCOPE_LOCAL) >= 0, "the file");
  impl_->check(impl_->file.reset(), "the file");
}

}  // namespace paralif
