#include "core/exchange/weights_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>

#include "core/exchange/array_files.h"
#include "core/exchange/weights_file.h"
#include "core/training/legacy_checkpoint.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif {
namespace {

using torch::Tensor;

torch::ScalarType torch_type(NumberType type) {
  switch (type) {
    case NumberType::boolean:
      return torch::kBool;
    case NumberType::int8:
      return torch::kInt8;
    case NumberType::uint8:
      return torch::kUInt8;
    case NumberType::int16:
      return torch::kInt16;
    case NumberType::int32:
      return torch::kInt32;
    case NumberType::int64:
      return torch::kInt64;
    case NumberType::float16:
      return torch::kFloat16;
    case NumberType::bfloat16:
      return torch::kBFloat16;
    case NumberType::float32:
      return torch::kFloat32;
    case NumberType::float64:
      return torch::kFloat64;
  }
  return torch::kFloat32;
}

Tensor tensor_of(const NamedArray& array) {
  std::vector<std::int64_t> sizes = array.sizes;
  if (array.columns_first) std::ranges::reverse(sizes);
  Tensor tensor = torch::empty(sizes, torch_type(array.type));
  if (!array.bytes.empty()) std::memcpy(tensor.data_ptr(), array.bytes.data(), array.bytes.size());
  if (!array.columns_first) return tensor;
  std::vector<std::int64_t> order(sizes.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = static_cast<std::int64_t>(order.size() - 1 - i);
  }
  return tensor.permute(order).contiguous();
}

std::map<std::string, Tensor> tensors_of(const std::vector<NamedArray>& arrays) {
  std::map<std::string, Tensor> tensors;
  for (const NamedArray& array : arrays) tensors[array.name] = tensor_of(array);
  return tensors;
}

/// Counters of spikes and the like, which no output depends on.
bool is_statistic(const std::string& name) {
  return name.find("nb_spike") != std::string::npos;
}

}  // namespace

std::string our_parameter_name(const std::string& published) {
  if (published == "_alpha") return "alpha";
  if (published == "_beta") return "beta";
  if (published == "_spk_threshold") return "threshold";
  if (published.starts_with("fc_recu.")) return "recurrent." + published.substr(8);
  const auto dot = published.find('.');
  if (dot == std::string::npos) return published;
  return published.substr(0, dot + 1) + our_parameter_name(published.substr(dot + 1));
}

std::string published_parameter_name(const std::string& ours) {
  const std::size_t dot = ours.find('.');
  const std::string layer = ours.substr(0, dot + 1);
  const std::string own = ours.substr(dot + 1);
  if (own == "threshold") return fmt::format("{}_spk_threshold", layer);
  if (own == "alpha" || own == "beta") return fmt::format("{}_{}", layer, own);
  constexpr std::string_view recurrent = "recurrent.";
  if (own.starts_with(recurrent)) {
    return fmt::format("{}fc_recu.{}", layer, own.substr(recurrent.size()));
  }
  return ours;
}

bool is_foreign_weights(const std::filesystem::path& path) {
  if (!is_weights_file(path)) return false;
  const std::string end = path.extension().string();
  return (end != ".pt" && end != ".pth") || !is_legacy_state(path) || !is_torchscript(path);
}

std::map<std::string, Tensor> read_weights(const std::filesystem::path& path) {
  const std::string end = path.extension().string();
  if (end == ".npz") return tensors_of(read_npz(path));
  if (end == ".safetensors") return tensors_of(safetensors_arrays(read_file(path), path.string()));
  return read_state_dict(path);
}

void take_weights(Network& network, const std::map<std::string, Tensor>& given,
                  const std::string& origin) {
  const torch::NoGradGuard no_grad;
  std::map<std::string, Tensor> own;
  for (const auto& list : {network.trained_tensors(), network.kept_tensors()}) {
    for (const auto& [name, tensor] : list) own.emplace(name, tensor);
  }
  std::vector<std::pair<Tensor, Tensor>> copies;  // once all are known to fit
  for (const auto& [name, tensor] : given) {
    if (is_statistic(name)) continue;
    const auto place = own.find(our_parameter_name(name));
    if (place == own.end()) {
      throw Error(Error::Kind::file, origin,
                  fmt::format("has '{}', which this network has no place for", printable(name)));
    }
    if (place->second.sizes() != tensor.sizes()) {
      throw Error(
          Error::Kind::file, origin,
          fmt::format("has '{}' of ({}), this network of ({})", printable(name),
                      fmt::join(tensor.sizes(), ", "), fmt::join(place->second.sizes(), ", ")),
          "set the experiment's network as the weights were made for");
    }
    copies.emplace_back(place->second, tensor);
    own.erase(place);
  }
  if (!own.empty()) {
    throw Error(Error::Kind::file, origin,
                fmt::format("lacks '{}' of this network", own.begin()->first));
  }
  for (auto& [place, tensor] : copies) place.copy_(tensor);
}

}  // namespace paralif
