#include "core/exchange/nir_reference.h"

#include <fmt/format.h>

#include <cmath>

#include "core/networks/network.h"
#include "datasets/error.h"
#include "datasets/hdf5_file.h"

namespace paralif {
namespace {

using torch::Tensor;

std::filesystem::path beside(std::filesystem::path graph) {
  return graph.replace_extension(".h5");
}

/// (1, T, units)
Tensor sequence_of(const Hdf5Reader& file, const std::string& name) {
  const Array<double> array = file.doubles(name);
  if (array.shape.empty() || array.shape[0] < 1 || array.values.empty()) {
    throw Error(Error::Kind::file, file.path().string(), fmt::format("'{}' is empty", name));
  }
  return torch::tensor(array.values, torch::kFloat64).reshape({1, array.shape[0], -1});
}

/// The same steps and units of what the network gave, (1, T', units...), T' longer where it delays.
Tensor like(const Tensor& ours, const Tensor& theirs, const Hdf5Reader& file,
            const std::string& name) {
  const Tensor flat = ours.detach().flatten(2).to(torch::kFloat64);
  if (flat.size(1) < theirs.size(1) || flat.size(2) != theirs.size(2)) {
    throw Error(Error::Kind::file, file.path().string(),
                fmt::format("'{}' has {} steps of {} values where the network gives {} of {}", name,
                            theirs.size(1), theirs.size(2), flat.size(1), flat.size(2)));
  }
  return flat.slice(1, 0, theirs.size(1));
}

void require_time_step(const Hdf5Reader& file, double time_step_s) {
  const auto attributes = file.attributes("/");
  const auto found = attributes.find("time_step");
  const double* recorded =
      found == attributes.end() ? nullptr : std::get_if<double>(&found->second);
  if (recorded == nullptr || std::abs(*recorded - time_step_s) <= 1e-6 * time_step_s) return;
  throw Error(
      Error::Kind::file, file.path().string(),
      fmt::format("was recorded with a time step of {:g} s, not {:g} s", *recorded, time_step_s),
      "import the graph with that one, or move the file elsewhere");
}

}  // namespace

bool has_reference(const std::filesystem::path& graph) {
  std::error_code none;
  if (!std::filesystem::is_regular_file(beside(graph), none)) return false;
  const Hdf5Reader file(beside(graph));
  return file.contains("input") && file.contains("output");
}

NirFidelity reference_fidelity(Network& network, const ImportedNetwork& imported,
                               const std::filesystem::path& graph, double time_step_s) {
  const torch::NoGradGuard no_grad;
  const Hdf5Reader file(beside(graph));
  require_time_step(file, time_step_s);
  const Tensor input = sequence_of(file, "input");
  const std::int64_t units = network.input().units();
  if (input.size(2) != units) {
    throw Error(Error::Kind::file, file.path().string(),
                fmt::format("has an input of {} values, the graph takes {}", input.size(2), units));
  }
  std::vector<std::int64_t> sizes{1, input.size(1)};
  sizes.insert(sizes.end(), network.input().features.begin(), network.input().features.end());
  const NetworkOutput out = network.forward(input.reshape(sizes).to(torch::kFloat32));
  NirFidelity fidelity;
  fidelity.time_step_s = time_step_s;
  fidelity.samples = 1;
  fidelity.network_accuracy = std::nan("");
  fidelity.graph_accuracy = std::nan("");
  for (std::size_t i = 0; i < out.hidden.size(); ++i) {
    const std::string& id = network.hidden()[i].id;
    const auto node = imported.nodes.find(id);
    const std::string name = node == imported.nodes.end() ? "" : "node/" + node->second;
    if (name.empty() || !file.contains(name)) continue;
    const Tensor theirs = sequence_of(file, name).gt(0);
    const Tensor ours = like(out.hidden[i].output, theirs, file, name).gt(0);
    fidelity.layers.push_back(
        {id, ours.eq(theirs).to(torch::kFloat64).mean().item<double>(), ours.sum().item<double>()});
  }
  const Tensor theirs = sequence_of(file, "output");
  const double largest = theirs.abs().max().item<double>();
  const double worst =
      (like(out.readout, theirs, file, "output") - theirs).abs().max().item<double>();
  fidelity.readout_error = largest > 0 ? worst / largest : worst;
  return fidelity;
}

}  // namespace paralif
