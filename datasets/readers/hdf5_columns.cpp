#include "datasets/readers/hdf5_columns.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <new>

#include "datasets/error.h"
#include "datasets/hdf5_open.h"
#include "datasets/readers/hdf5_numbers.h"

namespace paralif {
namespace {

constexpr hsize_t most_rows = 50'000'000;
constexpr std::size_t most_bytes = std::size_t{256} << 20;  // of one array or one sample
constexpr std::size_t most_text = std::size_t{16} << 20;    // bytes of all texts of an array
constexpr std::size_t longest_text = 4096;
constexpr hsize_t texts_at_once = 1024;

/// Memory for one variable-length row, refused beyond what the file can hold.
struct RowMemory {
  std::size_t most = 0;
  std::vector<std::byte> bytes;

  static void* take(std::size_t size, void* owner) {
    auto& memory = *static_cast<RowMemory*>(owner);
    if (size > memory.most) return nullptr;
    try {
      memory.bytes.resize(std::max<std::size_t>(size, 1));
    } catch (const std::bad_alloc&) {
      return nullptr;  // no exception may pass through HDF5
    }
    return memory.bytes.data();
  }
  static void leave(void*, void*) {}
};

/// Memory for texts of variable length, refused beyond the size of one and of all together.
struct TextMemory {
  std::size_t left = most_text;
  std::vector<std::unique_ptr<char[]>> texts{};

  static void* take(std::size_t size, void* owner) {
    auto& memory = *static_cast<TextMemory*>(owner);
    if (size > longest_text || size > memory.left) return nullptr;
    try {
      memory.texts.push_back(std::make_unique<char[]>(size + 1));
    } catch (const std::bad_alloc&) {
      return nullptr;
    }
    memory.left -= size;
    return memory.texts.back().get();
  }
  static void leave(void*, void*) {}
};

/// The lengths that rows of variable length claim, read from the file itself: HDF5 takes memory for
/// as many numbers as one claims before it looks whether there are any.
///
/// An entry of such a dataset is a length (4 bytes), the address of a heap and an index into it
/// (HDF5 File Format Specification, IV.B "Variable-length"). Compressed entries are not looked
/// into.
class RowLengths {
 public:
  RowLengths() = default;
  RowLengths(hid_t file, hid_t dataset, const std::filesystem::path& path) {
    const Hdf5Handle creation(H5Fget_create_plist(file), H5Pclose);
    std::size_t address = 0;
    std::size_t size = 0;
    H5Pget_sizes(creation.get(), &address, &size);
    entry_ = 4 + address + 4;
    const Hdf5Handle layout(H5Dget_create_plist(dataset), H5Pclose);
    chunked_ = H5Pget_layout(layout.get()) == H5D_CHUNKED;
    if (chunked_) H5Pget_chunk(layout.get(), 1, &chunk_);
    known_ = chunked_ ? H5Pget_nfilters(layout.get()) == 0 && chunk_ > 0
                      : H5Pget_layout(layout.get()) == H5D_CONTIGUOUS;
    if (known_ && !chunked_) {
      offset_ = H5Dget_offset(dataset);
      stream_.open(path, std::ios::binary);
      known_ = offset_ != HADDR_UNDEF && stream_.good();
    }
  }

  /// 0 where it cannot be told.
  std::uint64_t of(hid_t dataset, hsize_t row) {
    if (!known_) return 0;
    std::array<unsigned char, 4> bytes{};
    if (chunked_) {
      const hsize_t start = row / chunk_ * chunk_;
      if (start != start_ && !read_chunk(dataset, start)) return 0;
      const std::size_t at = static_cast<std::size_t>(row - start) * entry_;
      if (at + bytes.size() > raw_.size()) return 0;
      std::copy_n(raw_.begin() + static_cast<std::ptrdiff_t>(at), bytes.size(), bytes.begin());
    } else {
      stream_.clear();
      stream_.seekg(static_cast<std::streamoff>(offset_ + row * entry_));
      stream_.read(reinterpret_cast<char*>(bytes.data()), bytes.size());
      if (!stream_) return 0;
    }
    return bytes[0] | std::uint64_t{bytes[1]} << 8 | std::uint64_t{bytes[2]} << 16 |
           std::uint64_t{bytes[3]} << 24;
  }

 private:
  bool read_chunk(hid_t dataset, hsize_t start) {
    hsize_t size = 0;
    std::uint32_t skipped_filters = 0;
    start_ = start;
    raw_.clear();
    if (H5Dget_chunk_storage_size(dataset, &start, &size) < 0 || size > most_bytes) return false;
    raw_.resize(size);
    if (size > 0 &&
        H5Dread_chunk(dataset, H5P_DEFAULT, &start, &skipped_filters, raw_.data()) < 0) {
      raw_.clear();
    }
    return true;
  }

  std::ifstream stream_;
  std::size_t entry_ = 16;
  bool known_ = false;
  bool chunked_ = false;
  haddr_t offset_ = 0;
  hsize_t chunk_ = 0;
  hsize_t start_ = ~hsize_t{0};
  std::vector<unsigned char> raw_;
};

struct OpenDataset {
  Hdf5Handle dataset;
  Hdf5Handle type;
  Hdf5Handle space;
  hsize_t rows = 0;
};

struct RaggedColumn {
  OpenDataset open;
  NumberType number;
  Hdf5Handle memory;  // variable-length type of the number
  RowLengths lengths;
  std::size_t stored_bytes = 1;  // of a number in the file
};

}  // namespace

struct Hdf5EventFile::Impl {
  std::filesystem::path path;
  Hdf5Handle file;
  std::uintmax_t bytes = 0;  // of the file
  std::map<std::string, RaggedColumn> columns;

  [[noreturn]] void fail(const std::string& name, const std::string& problem) const {
    throw Error(Error::Kind::file, path.string(),
                name.empty() ? problem : "'" + name + "' " + problem,
                "the file may be damaged or of another layout: download it again");
  }

  OpenDataset open(const std::string& name) const {
    quiet_hdf5();
    OpenDataset open;
    open.dataset = open_hdf5_array(file.get(), path, name);
    open.type = Hdf5Handle(H5Dget_type(open.dataset.get()), H5Tclose);
    open.space = Hdf5Handle(H5Dget_space(open.dataset.get()), H5Sclose);
    const auto extents =
        extents_held(open.dataset.get(), path, name, item_bytes(open.type.get()), most_bytes);
    if (extents.size() != 1) fail(name, "has not one dimension");
    open.rows = static_cast<hsize_t>(extents[0]);
    if (open.rows > most_rows) fail(name, "claims an impossible number of rows");
    return open;
  }

  /// Of one value in memory: of a number as it is decoded, of the rest as it is stored.
  static std::size_t item_bytes(hid_t type) {
    const H5T_class_t kind = H5Tget_class(type);
    return kind == H5T_INTEGER || kind == H5T_FLOAT ? sizeof(double) : 1;
  }

  RaggedColumn& ragged(const std::string& name) {
    const auto known = columns.find(name);
    if (known != columns.end()) return known->second;
    RaggedColumn column{open(name), {}, {}, {}};
    if (H5Tget_class(column.open.type.get()) != H5T_VLEN) {
      fail(name, "does not hold rows of variable length");
    }
    const Hdf5Handle stored(H5Tget_super(column.open.type.get()), H5Tclose);
    column.number = number_type(stored.get());
    if (!column.number.memory.valid()) fail(name, "does not hold numbers");
    column.stored_bytes = std::max<std::size_t>(1, H5Tget_size(stored.get()));
    column.lengths = RowLengths(file.get(), column.open.dataset.get(), path);
    column.memory = Hdf5Handle(H5Tvlen_create(column.number.memory.get()), H5Tclose);
    return columns.emplace(name, std::move(column)).first->second;
  }
};

Hdf5EventFile::Hdf5EventFile(const std::filesystem::path& path) : impl_(std::make_unique<Impl>()) {
  impl_->path = path;
  impl_->file = open_hdf5(path);
  std::error_code code;
  impl_->bytes = std::filesystem::file_size(path, code);
}

Hdf5EventFile::~Hdf5EventFile() = default;

const std::filesystem::path& Hdf5EventFile::path() const {
  return impl_->path;
}

bool Hdf5EventFile::contains(const std::string& name) const {
  const Hdf5Lock lock(hdf5_mutex());
  quiet_hdf5();
  require_inside(impl_->file.get(), impl_->path, name);
  // Every link on the way must exist before the last may be asked for.
  for (std::size_t at = name.find('/', 1); at != std::string::npos; at = name.find('/', at + 1)) {
    if (H5Lexists(impl_->file.get(), name.substr(0, at).c_str(), H5P_DEFAULT) <= 0) return false;
  }
  return H5Lexists(impl_->file.get(), name.c_str(), H5P_DEFAULT) > 0;
}

std::int64_t Hdf5EventFile::ragged_rows(const std::string& name) const {
  const Hdf5Lock lock(hdf5_mutex());
  return static_cast<std::int64_t>(impl_->ragged(name).open.rows);
}

StoredNumbers Hdf5EventFile::ragged_row(const std::string& name, std::int64_t row) const {
  const auto problem = "cannot be read at sample " + std::to_string(row);
  RowMemory bytes;
  hvl_t found{0, nullptr};
  const NumberType* number = nullptr;
  {
    const Hdf5Lock lock(hdf5_mutex());
    quiet_hdf5();
    RaggedColumn& column = impl_->ragged(name);
    number = &column.number;
    const auto start = static_cast<hsize_t>(row);
    const hsize_t one = 1;
    if (start >= column.open.rows) impl_->fail(name, problem);
    const std::uint64_t claimed = column.lengths.of(column.open.dataset.get(), start);
    if (claimed > impl_->bytes / column.stored_bytes) {
      impl_->fail(name, "claims " + std::to_string(claimed) + " events at sample " +
                            std::to_string(row) + ", more than the file can hold");
    }
    const Hdf5Handle selection(H5Scopy(column.open.space.get()), H5Sclose);
    H5Sselect_hyperslab(selection.get(), H5S_SELECT_SET, &start, nullptr, &one, nullptr);
    const Hdf5Handle target(H5Screate_simple(1, &one, nullptr), H5Sclose);
    const Hdf5Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose);
    bytes.most = static_cast<std::size_t>(std::min<std::uintmax_t>(
        most_bytes, impl_->bytes / column.stored_bytes * column.number.bytes));
    H5Pset_vlen_mem_manager(transfer.get(), RowMemory::take, &bytes, RowMemory::leave, nullptr);
    if (H5Dread(column.open.dataset.get(), column.memory.get(), target.get(), selection.get(),
                transfer.get(), &found) < 0) {
      impl_->fail(name, problem);
    }
  }
  if (found.len > 0 &&
      (found.p != bytes.bytes.data() || found.len > bytes.bytes.size() / number->bytes)) {
    impl_->fail(name, problem);
  }
  return {decode(*number, bytes.bytes.data(), found.len), number->precision};
}

StoredNumbers Hdf5EventFile::numbers(const std::string& name) const {
  const Hdf5Lock lock(hdf5_mutex());
  const OpenDataset open = impl_->open(name);
  const NumberType number = number_type(open.type.get());
  if (!number.memory.valid()) impl_->fail(name, "does not hold numbers");
  std::vector<std::byte> bytes(static_cast<std::size_t>(open.rows) * number.bytes);
  if (open.rows > 0 && H5Dread(open.dataset.get(), number.memory.get(), H5S_ALL, H5S_ALL,
                               H5P_DEFAULT, bytes.data()) < 0) {
    impl_->fail(name, "cannot be read");
  }
  return {decode(number, bytes.data(), open.rows), number.precision};
}

std::vector<std::string> Hdf5EventFile::texts(const std::string& name) const {
  const Hdf5Lock lock(hdf5_mutex());
  const OpenDataset open = impl_->open(name);
  if (H5Tget_class(open.type.get()) != H5T_STRING) impl_->fail(name, "does not hold texts");
  if (open.rows > most_rows / 10) impl_->fail(name, "claims an impossible number of texts");
  std::vector<std::string> texts(open.rows);
  if (open.rows == 0) return texts;
  if (H5Tis_variable_str(open.type.get()) > 0) {
    TextMemory memory;
    const Hdf5Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose);
    H5Pset_vlen_mem_manager(transfer.get(), TextMemory::take, &memory, TextMemory::leave, nullptr);
    for (hsize_t start = 0; start < open.rows; start += texts_at_once) {
      const hsize_t count = std::min(texts_at_once, open.rows - start);
      std::vector<char*> pointers(count, nullptr);
      H5Sselect_hyperslab(open.space.get(), H5S_SELECT_SET, &start, nullptr, &count, nullptr);
      const Hdf5Handle target(H5Screate_simple(1, &count, nullptr), H5Sclose);
      if (H5Dread(open.dataset.get(), open.type.get(), target.get(), open.space.get(),
                  transfer.get(), static_cast<void*>(pointers.data())) < 0) {
        impl_->fail(name, "cannot be read, or holds texts of more than " +
                              std::to_string(most_text >> 20) + " MiB");
      }
      for (hsize_t i = 0; i < count; ++i) {
        if (pointers[i] != nullptr) texts[start + i] = pointers[i];
      }
      memory.texts.clear();
    }
    return texts;
  }
  const std::size_t length = H5Tget_size(open.type.get());
  if (length == 0 || length > longest_text || open.rows > most_bytes / length) {
    impl_->fail(name, "claims texts of an impossible length");
  }
  std::string bytes(open.rows * length, '\0');
  if (H5Dread(open.dataset.get(), open.type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()) <
      0) {
    impl_->fail(name, "cannot be read");
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string text = bytes.substr(i * length, length);
    texts[i] = text.substr(0, text.find_last_not_of(std::string(" \0", 2)) + 1);
  }
  return texts;
}

}  // namespace paralif
