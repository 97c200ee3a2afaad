#include "core/exchange/weights_formats.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>

#include "datasets/atomic_file.h"
#include "datasets/zip_writer.h"

namespace paralif {
namespace {

using torch::Tensor;

static_assert(std::endian::native == std::endian::little, "tensors are written as they lie");

/// What each format calls the type of a tensor's values.
struct TypeNames {
  torch::ScalarType type;
  const char* storage;
  const char* safetensors;
  const char* numpy;
};

const TypeNames& names_of(const Tensor& tensor) {
  static const TypeNames all[]{{torch::kFloat32, "FloatStorage", "F32", "<f4"},
                               {torch::kFloat64, "DoubleStorage", "F64", "<f8"},
                               {torch::kInt64, "LongStorage", "I64", "<i8"}};
  for (const TypeNames& names : all) {
    if (names.type == tensor.scalar_type()) return names;
  }
  throw std::logic_error("weights_file: a tensor of another type");
}

std::string bytes_of(const Tensor& tensor) {
  std::string bytes(static_cast<std::size_t>(tensor.numel()) * tensor.element_size(), '\0');
  if (!bytes.empty()) std::memcpy(bytes.data(), tensor.data_ptr(), bytes.size());
  return bytes;
}

/// Protocol 2 with the opcodes of a state_dict.
class PickleWriter {
 public:
  PickleWriter() { text_.append("\x80\x02", 2); }

  void global(const char* module, const char* name) { text_ += fmt::format("c{}\n{}\n", module, name); }
  void op(char code) { text_ += code; }
  void text(const std::string& value) {
    op('X');
    number(static_cast<std::int64_t>(value.size()), 4);
    text_ += value;
  }
  void whole(std::int64_t value) {
    // LONG1: little endian, as many bytes as it is said to have.
    op('\x8a');
    op(8);
    number(value, 8);
  }
  void wholes(torch::IntArrayRef values) {
    op('(');
    for (const std::int64_t value : values) whole(value);
    op('t');
  }
  void empty_dictionary() {
    global("collections", "OrderedDict");
    op(')');
    op('R');
  }
  void tensor(const Tensor& tensor, const std::string& key) {
    global("torch._utils", "_rebuild_tensor_v2");
    op('(');
    op('(');
    text("storage");
    global("torch", names_of(tensor).storage);
    text(key);
    text("cpu");
    whole(tensor.numel());
    op('t');
    op('Q');
    whole(0);
    wholes(tensor.sizes());
    wholes(tensor.strides());
    op('\x89');
    empty_dictionary();
    op('t');
    op('R');
  }
  std::string finished() {
    op('.');
    return text_;
  }

 private:
  void number(std::int64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) op(static_cast<char>((value >> (8 * i)) & 0xff));
  }
  std::string text_;
};

}  // namespace

void write_state_dict(const NamedTensors& tensors, const std::filesystem::path& to) {
  ZipEntries entries;
  PickleWriter pickle;
  pickle.empty_dictionary();
  pickle.op('(');
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    pickle.text(tensors[i].first);
    pickle.tensor(tensors[i].second, fmt::format("{}", i));
  }
  pickle.op('u');
  entries.emplace_back("archive/data.pkl", pickle.finished());
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    entries.emplace_back(fmt::format("archive/data/{}", i), bytes_of(tensors[i].second));
  }
  entries.emplace_back("archive/version", "3\n");
  write_zip(to, entries);
}

void write_npz(const NamedTensors& tensors, const std::filesystem::path& to) {
  ZipEntries entries;
  for (const auto& [name, tensor] : tensors) {
    // A tuple of one value has a comma behind it.
    const std::string shape = tensor.dim() == 1 ? fmt::format("({},)", tensor.size(0))
                                                : fmt::format("({})", fmt::join(tensor.sizes(), ", "));
    std::string header = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}",
                                     names_of(tensor).numpy, shape);
    constexpr std::size_t before = 10;
    header.append(63 - (before + header.size()) % 64, ' ');
    header += '\n';
    std::string file("\x93NUMPY\x01\x00", 8);
    file += static_cast<char>(header.size() & 0xff);
    file += static_cast<char>(header.size() >> 8);
    file += header;
    file += bytes_of(tensor);
    entries.emplace_back(fmt::format("{}.npy", name), std::move(file));
  }
  write_zip(to, entries);
}

void write_safetensors(const NamedTensors& tensors, const std::filesystem::path& to) {
  nlohmann::ordered_json header{{"__metadata__", {{"format", "pt"}}}};
  std::string values;
  for (const auto& [name, tensor] : tensors) {
    const std::size_t begin = values.size();
    values += bytes_of(tensor);
    header[name] = {{"dtype", names_of(tensor).safetensors},
                    {"shape", std::vector<std::int64_t>(tensor.sizes().begin(), tensor.sizes().end())},
                    {"data_offsets", {begin, values.size()}}};
  }
  std::string text = header.dump();
  text.append((8 - text.size() % 8) % 8, ' ');
  std::string file;
  for (int i = 0; i < 8; ++i) file += static_cast<char>((text.size() >> (8 * i)) & 0xff);
  write_file(to, file + text + values);
}

}  // namespace paralif
