#include "core/training/state_file.h"

#include <algorithm>
#include <cstring>
#include <fstream>

#include "datasets/atomic_file.h"
#include "datasets/checksum.h"
#include "datasets/error.h"
#include "datasets/hdf5_file.h"
#include "datasets/readers/readable.h"

namespace paralif {
namespace {

namespace fs = std::filesystem;
using torch::Tensor;

constexpr std::int64_t schema = 1;
constexpr std::string_view mark = "PLIFSUM1";
constexpr std::uintmax_t trailer_bytes = 24;

constexpr std::pair<const char*, std::int64_t TrainingProgress::*> counters[] = {
    {"epoch", &TrainingProgress::epoch},
    {"batch", &TrainingProgress::batch},
    {"step", &TrainingProgress::step},
    {"correct", &TrainingProgress::correct},
    {"seen", &TrainingProgress::seen}};
constexpr std::pair<const char*, double TrainingProgress::*> sums[] = {
    {"loss_sum", &TrainingProgress::loss_sum},
    {"train_seconds", &TrainingProgress::train_seconds},
    {"total_seconds", &TrainingProgress::total_seconds}};

[[noreturn]] void refuse(const fs::path& path, const std::string& problem) {
  throw Error(Error::Kind::file, path.string(), problem,
              "put a good copy in its place or start a new run");
}

std::string number(std::uint64_t value) {
  std::string bytes(sizeof value, '\0');
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

/// The checksum of a file's first `length` bytes.
std::uint64_t checksum_of_file(std::ifstream& file, std::uintmax_t length) {
  Checksum sum;
  std::string piece(std::size_t{1} << 20U, '\0');
  while (length > 0 && file) {
    const auto wanted = std::min<std::uintmax_t>(length, piece.size());
    file.read(piece.data(), static_cast<std::streamsize>(wanted));
    sum.add(std::string_view(piece).substr(0, static_cast<std::size_t>(file.gcount())));
    length -= wanted;
  }
  return sum.value();
}

void seal(const fs::path& path) {
  const std::uintmax_t length = fs::file_size(path);
  std::ifstream content(path, std::ios::binary);
  const std::uint64_t sum = checksum_of_file(content, length);
  std::ofstream file(path, std::ios::binary | std::ios::app);
  file << mark << number(length) << number(sum);
  file.close();
  if (!content || !file) {
    throw Error(Error::Kind::file, final_path(path).string(), "cannot be written to its end",
                "check the free space");
  }
}

void check_seal(const fs::path& path) {
  require_readable_file(path);
  const std::uintmax_t bytes = fs::file_size(path);
  std::ifstream file(path, std::ios::binary);
  std::string trailer(trailer_bytes, '\0');
  if (bytes > trailer_bytes) {
    file.seekg(static_cast<std::streamoff>(bytes - trailer_bytes));
    file.read(trailer.data(), static_cast<std::streamsize>(trailer_bytes));
  }
  if (!file || !trailer.starts_with(mark)) {
    refuse(path, "is no checkpoint, or is damaged: it does not end with a checksum");
  }
  file.seekg(0);
  const std::uint64_t sum = checksum_of_file(file, bytes - trailer_bytes);
  if (!file || trailer != std::string(mark) + number(bytes - trailer_bytes) + number(sum)) {
    refuse(path, "is damaged: its content does not match its checksum");
  }
}

template <typename T>
Array<T> array_of(const Tensor& tensor) {
  const Tensor plain = tensor.contiguous();
  const T* first = plain.data_ptr<T>();
  return {plain.sizes().vec(), {first, first + plain.numel()}};
}

void write_tensor(Hdf5Writer& file, const std::string& name, const Tensor& tensor) {
  if (!tensor.defined()) return;
  if (tensor.scalar_type() == torch::kInt64) {
    file.write(name, array_of<std::int64_t>(tensor));
  } else if (tensor.scalar_type() == torch::kFloat64) {
    file.write(name, array_of<double>(tensor));
  } else {
    file.write(name, array_of<float>(tensor.to(torch::kFloat32)));
  }
  file.attribute(name, "type", std::string(c10::toString(tensor.scalar_type())));
}

template <typename T>
Tensor tensor_of(const Array<T>& array, torch::ScalarType type) {
  Tensor tensor = torch::empty(array.shape, type);
  std::memcpy(tensor.data_ptr<T>(), array.values.data(), array.values.size() * sizeof(T));
  return tensor;
}

template <typename T>
T attribute(const Hdf5Reader& file, const std::string& object, const std::string& name) {
  const auto all = file.attributes(object);
  const auto found = all.find(name);
  const T* value = found == all.end() ? nullptr : std::get_if<T>(&found->second);
  if (value == nullptr) refuse(file.path(), "'" + object + "' has no good '" + name + "'");
  return *value;
}

Tensor read_tensor(const Hdf5Reader& file, const std::string& name) {
  const auto type = attribute<std::string>(file, name, "type");
  if (type == c10::toString(torch::kFloat32)) {
    return tensor_of(file.floats(name), torch::kFloat32);
  }
  if (type == c10::toString(torch::kFloat64)) {
    return tensor_of(file.doubles(name), torch::kFloat64);
  }
  if (type == c10::toString(torch::kInt64)) {
    return tensor_of(file.integers(name), torch::kInt64);
  }
  refuse(file.path(), "'" + name + "' has the unknown type " + type);
}

void write_content(Hdf5Writer& file, const TrainingState& state) {
  file.attribute("/", "schema", schema);
  if (!state.experiment.empty()) file.attribute("/", "experiment", state.experiment);
  for (const auto& [name, tensor] : state.network) write_tensor(file, "network/" + name, tensor);
  for (const auto& [name, slot] : state.optimizer) {
    const std::string group = "optimizer/" + name;
    file.attribute(group, "step", slot.step);
    write_tensor(file, group + "/first", slot.first);
    write_tensor(file, group + "/second", slot.second);
  }
  if (!state.progress) return;
  for (const auto& [name, member] : counters) {
    file.attribute("progress", name, (*state.progress).*member);
  }
  for (const auto& [name, member] : sums) {
    file.attribute("progress", name, (*state.progress).*member);
  }
}

}  // namespace

std::string not_finite(const TrainingState& state) {
  const auto bad = [](const Tensor& tensor) {
    return tensor.defined() && tensor.is_floating_point() &&
           !torch::isfinite(tensor).all().item<bool>();
  };
  for (const auto& [name, tensor] : state.network) {
    if (bad(tensor)) return name;
  }
  for (const auto& [name, slot] : state.optimizer) {
    if (bad(slot.first) || bad(slot.second)) return "optimizer of " + name;
  }
  return {};
}

void write_state(const fs::path& path, const TrainingState& state) {
  replace_file(path, [&](const fs::path& aside) {
    // Weights do not compress, and are written every few seconds.
    Hdf5Writer file(aside, Hdf5Writer::Storage::plain);
    write_content(file, state);
    file.close();
    seal(aside);
  });
}

TrainingState read_state(const fs::path& path) {
  check_seal(path);
  const Hdf5Reader file(path);
  const auto attributes = file.attributes("/");
  if (attribute<std::int64_t>(file, "/", "schema") > schema) {
    throw Error(Error::Kind::file, path.string(), "is from a newer version of the program",
                "update ParaLIF Studio");
  }
  TrainingState state;
  if (attributes.contains("experiment")) {
    state.experiment = attribute<std::string>(file, "/", "experiment");
  }
  for (const std::string& name : file.members("network")) {
    state.network[name] = read_tensor(file, "network/" + name);
  }
  if (!file.contains("progress")) return state;
  for (const std::string& name : file.members("optimizer")) {
    const std::string group = "optimizer/" + name;
    OptimizerState& slot = state.optimizer[name];
    slot.step = attribute<std::int64_t>(file, group, "step");
    if (file.contains(group + "/first")) slot.first = read_tensor(file, group + "/first");
    if (file.contains(group + "/second")) slot.second = read_tensor(file, group + "/second");
  }
  TrainingProgress& progress = state.progress.emplace();
  for (const auto& [name, member] : counters) {
    progress.*member = attribute<std::int64_t>(file, "progress", name);
  }
  for (const auto& [name, member] : sums) {
    progress.*member = attribute<double>(file, "progress", name);
  }
  return state;
}

}  // namespace paralif
