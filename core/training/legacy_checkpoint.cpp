#include "core/training/legacy_checkpoint.h"

#include <algorithm>
#include <cstring>
#include <fstream>

#include "core/training/legacy_pickle.h"
#include "datasets/error.h"
#include "datasets/readers/readable.h"
#include "datasets/readers/zip_archive.h"

namespace paralif {
namespace {

namespace fs = std::filesystem;
using torch::Tensor;

constexpr std::uint64_t largest_text = 1U << 20U;
constexpr std::uint64_t largest_pickle = 16U << 20U;
constexpr std::string_view no_constants("\x80\x02).", 4);

class Archive {
 public:
  Archive(const fs::path& path, std::string remedy)
      : origin_(path.string()), remedy_(std::move(remedy)), zip_(path), budget_(fs::file_size(path)) {
    refuse_code();
  }

  std::map<std::string, Tensor> tensors() {
    const auto root = read_pickle(read("data.pkl", largest_pickle), origin_, remedy_);
    std::map<std::string, Tensor> all;
    add_tensors(dictionary(*root), "", all, 0);
    return all;
  }

  TrainingState state() {
    if (read("constants.pkl", largest_text) != no_constants) refuse("holds constants");
    const auto root = read_pickle(read("data.pkl", largest_pickle), origin_, remedy_);
    const PickleDictionary& members = dictionary(*root);
    TrainingState state;
    const PickleDictionary* network = find(members, "network");
    if (network == nullptr) {
      add_tensors(members, "", state.network, 0);
      return state;
    }
    add_tensors(*network, "", state.network, 0);
    const PickleDictionary* optimizer = find(members, "optimizer");
    if (optimizer == nullptr) refuse("holds no optimiser");
    for (const auto& [name, value] : optimizer->entries) {
      state.optimizer[name] = slot_of(dictionary(*value));
    }
    state.progress = progress_of(named_tensor(members, "place"), named_tensor(members, "sums"));
    return state;
  }

 private:
  [[noreturn]] void refuse(const std::string& problem) const {
    throw Error(Error::Kind::file, origin_, problem, remedy_);
  }

  /// The number of an entry, whatever folder the archive puts around all.
  [[nodiscard]] std::size_t entry(const std::string& name) const {
    const auto& names = zip_.names();
    const auto found = std::ranges::find_if(names, [&](const std::string& one) {
      const std::size_t slash = one.find('/');
      return slash != std::string::npos && one.compare(slash + 1, std::string::npos, name) == 0;
    });
    if (found == names.end()) refuse("is no checkpoint: it has no '" + name + "'");
    return static_cast<std::size_t>(found - names.begin());
  }

  [[nodiscard]] std::string read(const std::string& name, std::uint64_t limit) const {
    return zip_.read(entry(name), limit);
  }

  /// Modules declare their members; a function has no business in a file of tensors.
  void refuse_code() const {
    const auto& names = zip_.names();
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!names[i].ends_with(".py")) continue;
      const std::string text = zip_.read(i, largest_text);
      const std::size_t code = text.find("def ");
      if (code == std::string::npos) continue;
      const std::string name = text.substr(code + 4, std::min<std::size_t>(40, text.find('(', code) - code - 4));
      refuse("holds code, the function '" + name + "', which was not run");
    }
  }

  [[nodiscard]] const PickleDictionary& dictionary(const PickleValue& value) const {
    const auto* found = std::get_if<PickleDictionary>(&value.value);
    if (found == nullptr) refuse("is no checkpoint: a module is missing");
    return *found;
  }

  static const PickleValue* find_value(const PickleDictionary& members, const std::string& name) {
    for (const auto& [key, value] : members.entries) {
      if (key == name) return value.get();
    }
    return nullptr;
  }

  static const PickleDictionary* find(const PickleDictionary& members, const std::string& name) {
    const PickleValue* value = find_value(members, name);
    return value == nullptr ? nullptr : std::get_if<PickleDictionary>(&value->value);
  }

  Tensor named_tensor(const PickleDictionary& members, const std::string& name) {
    const PickleValue* value = find_value(members, name);
    const auto* tensor = value == nullptr ? nullptr : std::get_if<PickleTensor>(&value->value);
    return tensor == nullptr ? Tensor() : tensor_of(*tensor);
  }

  /// Members of members as "1.recurrent.weight".
  void add_tensors(const PickleDictionary& members, const std::string& prefix,
                   std::map<std::string, Tensor>& tensors, int depth) {
    if (depth > 8) refuse("nests modules too deeply");
    for (const auto& [name, value] : members.entries) {
      if (--members_left_ < 0) refuse("has more members than any network");
      if (const auto* tensor = std::get_if<PickleTensor>(&value->value)) {
        tensors[prefix + name] = tensor_of(*tensor);
      } else {
        add_tensors(dictionary(*value), prefix + name + ".", tensors, depth + 1);
      }
    }
  }

  OptimizerState slot_of(const PickleDictionary& members) {
    if (--members_left_ < 0) refuse("has more members than any network");
    OptimizerState slot;
    const PickleValue* step = find_value(members, "step");
    const auto* count = step == nullptr ? nullptr : std::get_if<std::int64_t>(&step->value);
    if (count == nullptr) refuse("has an optimiser without steps");
    slot.step = *count;
    slot.first = named_tensor(members, "first");
    slot.second = named_tensor(members, "second");
    return slot;
  }

  [[nodiscard]] TrainingProgress progress_of(const Tensor& place, const Tensor& sums) const {
    if (!place.defined() || !sums.defined() || place.numel() != 5 || sums.numel() != 3 ||
        place.scalar_type() != torch::kInt64 || sums.scalar_type() != torch::kFloat64) {
      refuse("does not say where its training stands");
    }
    const auto* p = place.data_ptr<std::int64_t>();
    const auto* s = sums.data_ptr<double>();
    return {p[0], p[1], p[2], s[0], p[3], p[4], s[1], s[2]};
  }

  /// Takes room from what the file's own size allows, however often a storage is referred to.
  void spend(std::uint64_t bytes) {
    if (bytes > budget_) refuse("claims more values than it holds");
    budget_ -= bytes;
  }

  Tensor tensor_of(const PickleTensor& t) {
    const auto type = t.storage.type == "FloatStorage"    ? torch::kFloat32
                      : t.storage.type == "DoubleStorage" ? torch::kFloat64
                      : t.storage.type == "LongStorage"   ? torch::kInt64
                                                          : torch::kInt32;
    const auto width = static_cast<std::int64_t>(c10::elementSize(type));
    constexpr std::int64_t most = std::int64_t{1} << 31U;
    if (t.storage.elements < 0 || t.storage.elements > most || t.sizes.size() > 8 ||
        t.strides.size() != t.sizes.size() || t.offset < 0 || t.offset > most) {
      refuse("describes an impossible tensor");
    }
    std::int64_t count = 1;
    std::int64_t last = t.offset;
    for (std::size_t i = 0; i < t.sizes.size(); ++i) {
      if (t.sizes[i] < 0 || t.sizes[i] > most || t.strides[i] < 0 || t.strides[i] > most) {
        refuse("describes an impossible tensor");
      }
      count *= t.sizes[i];
      if (t.sizes[i] > 0) last += (t.sizes[i] - 1) * t.strides[i];
      if (count > most || last > most) refuse("describes an impossible tensor");
    }
    if (count > 0 && last >= t.storage.elements) refuse("has a tensor beyond its values");
    spend(static_cast<std::uint64_t>(std::max(count, t.storage.elements) * width));
    const auto bytes = static_cast<std::uint64_t>(t.storage.elements * width);
    const std::string values = read("data/" + t.storage.key, bytes);
    if (values.size() != bytes) refuse("has a tensor beyond its values");
    Tensor storage = torch::empty({t.storage.elements}, type);
    std::memcpy(storage.data_ptr(), values.data(), values.size());
    return storage.as_strided(t.sizes, t.strides, t.offset).contiguous().clone();
  }

  std::string origin_;
  std::string remedy_;
  ZipArchive zip_;
  std::uint64_t budget_;  ///< bytes of tensors that may still be made
  int members_left_ = 100000;
};

}  // namespace

bool is_legacy_state(const fs::path& path) {
  require_readable_file(path);
  std::ifstream file(path, std::ios::binary);
  char head[4] = {};
  file.read(head, sizeof head);
  return file && std::string_view(head, 4) == "PK\3\4";
}

bool is_torchscript(const fs::path& path) {
  const ZipArchive archive(path);
  return std::ranges::any_of(archive.names(), [](const std::string& name) {
    return name.ends_with("/constants.pkl");  // TorchScript's, beside data.pkl
  });
}

TrainingState read_legacy_state(const fs::path& path) {
  return Archive(path, "do not use this file; start a new run instead").state();
}

std::map<std::string, Tensor> read_state_dict(const fs::path& path) {
  if (!is_legacy_state(path)) {
    throw Error(Error::Kind::file, path.string(), "is no zip archive as torch.save writes it",
                "save model.state_dict() with a torch of 1.6 or later");
  }
  return Archive(path, "save the tensors alone: torch.save(model.state_dict(), ...)").tensors();
}

}  // namespace paralif
