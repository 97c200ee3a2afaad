#include "datasets/hdf5_appender.h"

#include <algorithm>
#include <array>

#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/hdf5_handle.h"
#include "datasets/hdf5_lock.h"

namespace paralif {
namespace {

constexpr hsize_t chunk_values = 8192;

}  // namespace

struct Hdf5Appender::Impl {
  std::filesystem::path path;
  Hdf5Handle file;
  Hdf5Handle links;  ///< makes the groups on the way

  void check(bool good, const std::string& what) const {
    if (good) return;
    throw Error(Error::Kind::file, final_path(path).string(), "cannot write " + what,
                "check the free space and the permissions of its folder");
  }

  void open(bool fresh) {
    const Hdf5Lock lock(hdf5_mutex());
    quiet_hdf5();
    links = Hdf5Handle(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
    H5Pset_create_intermediate_group(links.get(), 1);
    file = Hdf5Handle(fresh ? H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT)
                            : H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT),
                      H5Fclose);
    check(file.valid(), "the file");
  }

  [[nodiscard]] Hdf5Handle made(const std::string& name, hid_t type, int rank,
                                hsize_t width) const {
    const std::array<hsize_t, 2> extent{0, width};
    const std::array<hsize_t, 2> most{H5S_UNLIMITED, width};
    const std::array<hsize_t, 2> chunk{
        std::max<hsize_t>(1, chunk_values / std::max<hsize_t>(1, width)),
        std::max<hsize_t>(1, width)};
    const Hdf5Handle space(H5Screate_simple(rank, extent.data(), most.data()), H5Sclose);
    const Hdf5Handle options(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    H5Pset_chunk(options.get(), rank, chunk.data());
    H5Pset_shuffle(options.get());
    H5Pset_deflate(options.get(), 4);
    return {H5Dcreate2(file.get(), name.c_str(), type, space.get(), links.get(), options.get(),
                       H5P_DEFAULT),
            H5Dclose};
  }

  void append(const std::string& name, std::int64_t kept, std::int64_t rows, std::int64_t width,
              hid_t memory_type, hid_t file_type, const void* values) const {
    const Hdf5Lock lock(hdf5_mutex());
    quiet_hdf5();
    const int rank = width > 0 ? 2 : 1;
    Hdf5Handle array = kept == 0 && !holds(name)
                           ? made(name, file_type, rank, static_cast<hsize_t>(width))
                           : Hdf5Handle(H5Dopen2(file.get(), name.c_str(), H5P_DEFAULT), H5Dclose);
    check(array.valid(), name);
    std::array<hsize_t, 2> extent{0, 0};
    {
      const Hdf5Handle space(H5Dget_space(array.get()), H5Sclose);
      check(H5Sget_simple_extent_ndims(space.get()) == rank, name);
      H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr);
    }
    check(extent[0] >= static_cast<hsize_t>(kept) &&
              (rank == 1 || extent[1] == static_cast<hsize_t>(width)),
          name);
    extent[0] = static_cast<hsize_t>(kept + rows);
    check(H5Dset_extent(array.get(), extent.data()) >= 0, name);
    if (rows > 0) {
      const std::array<hsize_t, 2> start{static_cast<hsize_t>(kept), 0};
      const std::array<hsize_t, 2> count{static_cast<hsize_t>(rows), static_cast<hsize_t>(width)};
      const Hdf5Handle space(H5Dget_space(array.get()), H5Sclose);
      H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(),
                          nullptr);
      const Hdf5Handle memory(H5Screate_simple(rank, count.data(), nullptr), H5Sclose);
      check(H5Dwrite(array.get(), memory_type, memory.get(), space.get(), H5P_DEFAULT, values) >= 0,
            name);
    }
    check(array.reset(), name);
  }

  [[nodiscard]] bool holds(const std::string& name) const {
    for (std::size_t at = name.find('/'); at != std::string::npos; at = name.find('/', at + 1)) {
      if (H5Lexists(file.get(), name.substr(0, at).c_str(), H5P_DEFAULT) <= 0) return false;
    }
    return H5Lexists(file.get(), name.c_str(), H5P_DEFAULT) > 0;
  }
};

Hdf5Appender::Hdf5Appender(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Hdf5Appender::~Hdf5Appender() = default;
Hdf5Appender::Hdf5Appender(Hdf5Appender&&) noexcept = default;
Hdf5Appender& Hdf5Appender::operator=(Hdf5Appender&&) noexcept = default;

Hdf5Appender Hdf5Appender::fresh(const std::filesystem::path& path) {
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  impl->open(true);
  return Hdf5Appender(std::move(impl));
}

Hdf5Appender Hdf5Appender::existing(const std::filesystem::path& path) {
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  impl->open(false);
  return Hdf5Appender(std::move(impl));
}

void Hdf5Appender::attribute(const std::string& object, const std::string& name,
                             std::int64_t value) {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  const Hdf5Handle owner(H5Oopen(impl_->file.get(), object.c_str(), H5P_DEFAULT), H5Oclose);
  const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  const Hdf5Handle attribute(H5Acreate2(owner.get(), name.c_str(), H5T_NATIVE_INT64, space.get(),
                                        H5P_DEFAULT, H5P_DEFAULT),
                             H5Aclose);
  impl_->check(attribute.valid() && H5Awrite(attribute.get(), H5T_NATIVE_INT64, &value) >= 0,
               object + "@" + name);
}

void Hdf5Appender::describe(const std::string& array, const std::string& name,
                            const std::string& value) {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  const Hdf5Handle owner(H5Oopen(impl_->file.get(), array.c_str(), H5P_DEFAULT), H5Oclose);
  if (!owner.valid() || H5Aexists(owner.get(), name.c_str()) > 0) return;
  const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type.get(), value.size() + 1);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  const Hdf5Handle attribute(H5Acreate2(owner.get(), name.c_str(), type.get(), space.get(),
                                        H5P_DEFAULT, H5P_DEFAULT),
                             H5Aclose);
  impl_->check(attribute.valid() && H5Awrite(attribute.get(), type.get(), value.c_str()) >= 0,
               array + "@" + name);
}

void Hdf5Appender::append(const std::string& name, std::int64_t kept,
                          const std::vector<std::int64_t>& values) {
  impl_->append(name, kept, static_cast<std::int64_t>(values.size()), 0, H5T_NATIVE_INT64,
                H5T_STD_I64LE, values.data());
}

void Hdf5Appender::append(const std::string& name, std::int64_t kept,
                          const std::vector<double>& values, std::int64_t width) {
  const auto count = static_cast<std::int64_t>(values.size());
  impl_->append(name, kept, width > 0 ? count / width : count, width, H5T_NATIVE_DOUBLE,
                H5T_IEEE_F64LE, values.data());
}

void Hdf5Appender::close() {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  impl_->check(H5Fflush(impl_->file.get(), H5F_SCOPE_LOCAL) >= 0, "the file");
  impl_->check(impl_->file.reset(), "the file");
}

}  // namespace paralif
