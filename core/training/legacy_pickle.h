// data.pkl of a TorchScript archive or of a state_dict that torch.save wrote, read as data: modules
// are names and values, and nothing in the file is ever called. What an archive of tensors does not contain is refused by name.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace paralif {

struct PickleValue;
using PicklePointer = std::shared_ptr<const PickleValue>;

/// "FloatStorage" of an archive's entry data/`key`.
struct PickleStorage {
  std::string type;
  std::string key;
  std::int64_t elements = 0;
};

/// A view of a storage; strides and offset count elements.
struct PickleTensor {
  PickleStorage storage;
  std::int64_t offset = 0;
  std::vector<std::int64_t> sizes;
  std::vector<std::int64_t> strides;
};

struct PickleGlobal {
  std::string name;  ///< "torch._utils _rebuild_tensor_v2"
};

struct PickleTuple {
  std::vector<PicklePointer> values;
};

/// A dictionary, or a module with its state.
struct PickleDictionary {
  std::vector<std::pair<std::string, PicklePointer>> entries;
};

struct PickleValue {
  std::variant<std::monostate, bool, std::int64_t, double, std::string, PickleGlobal, PickleTuple,
               PickleDictionary, PickleStorage, PickleTensor>
      value;
};

/// The value that the bytes describe. Throws Error(file) that names `origin` and tells `remedy`.
PicklePointer read_pickle(std::string_view bytes, const std::string& origin,
                          const std::string& remedy);

}  // namespace paralif
