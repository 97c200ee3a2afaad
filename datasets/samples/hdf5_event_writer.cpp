#include "datasets/samples/hdf5_event_writer.h"

#include <algorithm>

#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/half_float.h"
#include "datasets/hdf5_handle.h"

namespace paralif {
namespace {

Hdf5Handle time_type(StoredTime type) {
  if (type == StoredTime::full) return {H5Tcopy(H5T_IEEE_F64LE), H5Tclose};
  Hdf5Handle stored(H5Tcopy(H5T_IEEE_F32LE), H5Tclose);
  if (type == StoredTime::half) {
    H5Tset_fields(stored.get(), 15, 10, 5, 0, 10);
    H5Tset_size(stored.get(), 2);
    H5Tset_ebias(stored.get(), 15);
  }
  return stored;
}

}  // namespace

struct Hdf5EventWriter::Impl {
  std::filesystem::path path;
  Hdf5Handle file;
  Hdf5Handle links;  // makes the groups on the way
  Hdf5Handle times;
  Hdf5Handle units;
  Hdf5Handle times_type;
  Hdf5Handle units_type;
  StoredTime stored = StoredTime::half;

  void check(bool good) const {
    if (good) return;
    throw Error(Error::Kind::file, final_path(path).string(), "cannot be written",
                "check the free space and the permissions of its folder");
  }

  Hdf5Handle create(const std::string& name, hid_t type, hsize_t rows) const {
    const Hdf5Handle space(H5Screate_simple(1, &rows, nullptr), H5Sclose);
    Hdf5Handle dataset(H5Dcreate2(file.get(), name.c_str(), type, space.get(), links.get(),
                                  H5P_DEFAULT, H5P_DEFAULT),
                       H5Dclose);
    check(dataset.valid());
    return dataset;
  }

  void array(const std::string& name, hid_t file_type, hid_t memory_type, std::size_t count,
             const void* values) const {
    const Hdf5Lock lock(hdf5_mutex());
    quiet_hdf5();
    const Hdf5Handle dataset = create(name, file_type, count);
    check(count == 0 ||
          H5Dwrite(dataset.get(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
  }

  void row(const Hdf5Handle& dataset, const Hdf5Handle& type, hsize_t at, std::size_t count,
           const void* bytes) const {
    const hsize_t one = 1;
    const Hdf5Handle space(H5Dget_space(dataset.get()), H5Sclose);
    H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, &at, nullptr, &one, nullptr);
    const Hdf5Handle memory(H5Screate_simple(1, &one, nullptr), H5Sclose);
    const hvl_t cell{count, const_cast<void*>(bytes)};  // HDF5 only reads it
    check(H5Dwrite(dataset.get(), type.get(), memory.get(), space.get(), H5P_DEFAULT, &cell) >= 0);
  }
};

Hdf5EventWriter::Hdf5EventWriter(const std::filesystem::path& path)
    : impl_(std::make_unique<Impl>()) {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  impl_->path = path;
  impl_->links = Hdf5Handle(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
  H5Pset_create_intermediate_group(impl_->links.get(), 1);
  impl_->file =
      Hdf5Handle(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose);
  impl_->check(impl_->file.valid());
}

Hdf5EventWriter::~Hdf5EventWriter() = default;

void Hdf5EventWriter::begin_ragged(std::int64_t rows, StoredTime type) {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  impl_->stored = type;
  const Hdf5Handle time = time_type(type);
  impl_->times_type = Hdf5Handle(H5Tvlen_create(time.get()), H5Tclose);
  impl_->units_type = Hdf5Handle(H5Tvlen_create(H5T_STD_U16LE), H5Tclose);
  impl_->times = impl_->create("spikes/times", impl_->times_type.get(), static_cast<hsize_t>(rows));
  impl_->units = impl_->create("spikes/units", impl_->units_type.get(), static_cast<hsize_t>(rows));
}

void Hdf5EventWriter::ragged_row(std::int64_t row, std::span<const double> times,
                                 std::span<const std::uint16_t> units) {
  std::vector<std::uint16_t> halves;
  std::vector<float> floats;
  const void* bytes = times.data();
  if (impl_->stored == StoredTime::half) {
    halves.resize(times.size());
    std::ranges::transform(times, halves.begin(),
                           [](double t) { return half_of_float(static_cast<float>(t)); });
    bytes = halves.data();
  } else if (impl_->stored == StoredTime::single) {
    floats.assign(times.begin(), times.end());
    bytes = floats.data();
  }
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  const auto at = static_cast<hsize_t>(row);
  impl_->row(impl_->times, impl_->times_type, at, times.size(), bytes);
  impl_->row(impl_->units, impl_->units_type, at, units.size(), units.data());
}

void Hdf5EventWriter::integers(const std::string& name, const std::vector<std::int64_t>& values) {
  impl_->array(name, H5T_STD_I64LE, H5T_NATIVE_INT64, values.size(), values.data());
}

void Hdf5EventWriter::doubles(const std::string& name, const std::vector<double>& values) {
  impl_->array(name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, values.size(), values.data());
}

void Hdf5EventWriter::texts(const std::string& name, const std::vector<std::string>& values) {
  std::size_t length = 1;
  for (const std::string& value : values) length = std::max(length, value.size());
  std::string bytes(values.size() * length, '\0');
  for (std::size_t i = 0; i < values.size(); ++i)
    bytes.replace(i * length, values[i].size(), values[i]);
  const Hdf5Lock lock(hdf5_mutex());
  const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type.get(), length);
  H5Tset_strpad(type.get(), H5T_STR_NULLPAD);
  impl_->array(name, type.get(), type.get(), values.size(), bytes.data());
}

void Hdf5EventWriter::close() {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  impl_->check(impl_->times.reset() && impl_->units.reset());
  impl_->check(H5Fflush(impl_->file.get(), H5F_SCOPE_LOCAL) >= 0);
  impl_->check(impl_->file.reset());
}

}  // namespace paralif
