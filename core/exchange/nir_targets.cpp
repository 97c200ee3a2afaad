#include "core/exchange/nir_targets.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "datasets/error.h"

namespace paralif {
namespace {

constexpr double out_of_reach = 1e9;
constexpr double tolerance = 1e-5;  // as numpy's allclose

bool reads(const NirTarget& target, const std::string& type) {
  return std::ranges::find(target.types, type) != target.types.end();
}

bool is_neuron(const NirNode& node) {
  static const std::set<std::string> types{"I", "LI", "IF", "LIF", "CubaLI", "CubaLIF"};
  return types.contains(node.type);
}

bool all_near(const Array<double>& values, double value) {
  return std::ranges::all_of(values.values, [&](double v) {
    return std::abs(v - value) <= tolerance * std::abs(value) + 1e-8;
  });
}

bool uniform(const Array<double>* values) {
  return values == nullptr || values->values.empty() || all_near(*values, values->values.front());
}

/// r = tau_mem / dt; what is left of r w_in goes into w_in.
void split_gain(NirNode& node, double dt) {
  const Array<double> tau = node.values.at("tau_mem");
  Array<double>& r = node.values.at("r");
  Array<double>& w_in = node.values.at("w_in");
  if (r.values.size() != tau.values.size() || w_in.values.size() != tau.values.size()) return;
  for (std::size_t i = 0; i < tau.values.size(); ++i) {
    const double wanted = tau.values[i] / dt;
    w_in.values[i] *= r.values[i] / wanted;
    r.values[i] = wanted;
  }
}

std::string of_node(const NirNode& node, std::string_view problem) {
  return fmt::format("node '{}' ({}) {}", node.name, node.type, problem);
}

void judge_neuron(const NirNode& node, const NirTarget& target, double dt,
                  std::vector<std::string>& found) {
  const auto add = [&](std::string_view problem) { found.push_back(of_node(node, problem)); };
  if (target.resting_at_zero && node.find("v_leak") != nullptr && !all_near(*node.find("v_leak"), 0)) {
    add("rests at another v_leak than 0");
  }
  if (target.one_threshold && !uniform(node.find("v_threshold"))) {
    add("has neurons with thresholds of their own");
  }
  const Array<double>* r = node.find("r");
  if (r == nullptr) return;
  const bool cuba = node.type.starts_with("Cuba");
  if (target.gain_of_one && !cuba && !all_near(*r, 1.0)) add("has an r other than 1");
  if (!target.gain_over_step || !cuba) return;
  const Array<double>* tau = node.find("tau_mem");
  for (std::size_t i = 0; tau != nullptr && i < r->values.size(); ++i) {
    const double wanted = tau->values[tau->values.size() == 1 ? 0 : i] / dt;
    if (std::abs(r->values[i] - wanted) <= tolerance * wanted) continue;
    add("has an r other than tau_mem / dt");
    return;
  }
  if (!uniform(node.find("w_in"))) add("has neurons with a w_in of their own");
}

}  // namespace

const std::vector<NirTarget>& nir_targets() {
  static const std::vector<NirTarget> all{
      {"snntorch", "snnTorch",
       {"Affine", "Linear", "Conv2d", "AvgPool2d", "Flatten", "IF", "LIF", "CubaLIF"},
       true, true, true, true, false, false,
       "snntorch/import_nir.py at 0819ba4"},
      {"norse", "Norse",
       {"Affine", "Linear", "Conv2d", "Flatten", "SumPool2d", "IF", "LIF", "CubaLIF"},
       true, false, false, false, true, false,
       "norse/torch/utils/import_nir.py at 22a17ec; r of LIF and v_reset are taken for 1 and 0"},
      {"spikingjelly", "SpikingJelly",
       {"Affine", "Linear", "Conv2d", "AvgPool2d", "Flatten", "IF", "LIF"},
       false, false, true, false, false, false,
       "activation_based/nir_exchange/from_nir.py at 075f97e; one tau a layer"},
      {"sinabs", "Sinabs (Speck)",
       {"Affine", "Conv1d", "Conv2d", "SumPool2d", "Flatten", "LI", "IF", "LIF"},
       false, true, false, false, true, false, "sinabs/nir.py at 02bd5b6"},
      {"lava", "Lava-DL (Loihi)",
       {"Affine", "Linear", "Conv2d", "SumPool2d", "Flatten", "IF", "CubaLIF"},
       true, true, true, true, false, true,
       "NIR's docs/source/examples/lava/nir_to_lava.py at 5299949"},
      {"rockpool", "Rockpool (Xylo)",
       {"Affine", "Linear", "LI", "CubaLIF"},
       true, false, false, false, false, false,
       "rockpool/nn/modules/torch/nir.py at 0bbcef6; its time step is tau_mem / (1 + r)"},
      {"spinnaker2", "SpiNNaker2",
       {"Affine", "Linear", "Conv1d", "Conv2d", "SumPool2d", "Flatten", "IF", "LIF", "CubaLIF"},
       false, false, false, false, false, false,
       "NIR's docs/source/examples/spinnaker2/supported_primitives.md at a070492"},
  };
  return all;
}

const NirTarget& nir_target(std::string_view name) {
  const auto found = std::ranges::find(nir_targets(), name, &NirTarget::name);
  if (found != nir_targets().end()) return *found;
  std::vector<std::string> names;
  for (const NirTarget& target : nir_targets()) names.push_back(target.name);
  throw Error(Error::Kind::setting, "for", fmt::format("'{}' is unknown", name),
              fmt::format("choose {}", fmt::join(names, ", ")));
}

NirGraph adapted(NirGraph graph, const NirTarget& target, double time_step_s) {
  const std::map<std::string, std::string> firing{{"CubaLI", "CubaLIF"}, {"LI", "LIF"}};
  for (NirNode& node : graph.nodes) {
    const auto neuron = firing.find(node.type);
    if (neuron != firing.end() && !reads(target, node.type) && reads(target, neuron->second)) {
      node.type = neuron->second;
      Array<double> threshold = node.values.at("r");
      std::ranges::fill(threshold.values, out_of_reach);
      node.values["v_threshold"] = std::move(threshold);
      Array<double> reset = node.values.at("r");
      std::ranges::fill(reset.values, 0.0);
      node.values["v_reset"] = std::move(reset);
    }
    if (node.type == "CubaLIF" && target.gain_over_step) split_gain(node, time_step_s);
    if (node.type == "Linear" && !reads(target, "Linear") && reads(target, "Affine")) {
      const auto rows = node.values.at("weight").shape.at(0);
      node.type = "Affine";
      node.values["bias"] = {{rows}, std::vector<double>(static_cast<std::size_t>(rows), 0.0)};
    }
  }
  return graph;
}

std::vector<std::string> problems_for(const NirGraph& graph, const NirTarget& target,
                                      double time_step_s) {
  std::vector<std::string> found;
  for (const NirNode& node : graph.nodes) {
    if (node.type == "Input" || node.type == "Output") continue;
    if (!reads(target, node.type)) {
      found.push_back(of_node(node, "is of a type that it does not read"));
      continue;
    }
    if (is_neuron(node)) judge_neuron(node, target, time_step_s, found);
    const bool convolution = node.type.starts_with("Conv");
    if (convolution && target.no_bias_of_convolutions && node.find("bias") != nullptr &&
        !all_near(*node.find("bias"), 0.0)) {
      found.push_back(of_node(node, "has a bias"));
    }
  }
  const std::set<std::pair<std::string, std::string>> edges(graph.edges.begin(), graph.edges.end());
  for (const auto& [from, to] : edges) {
    if (!target.cycles && from < to && edges.contains({to, from})) {
      found.push_back(fmt::format("nodes '{}' and '{}' form a cycle", from, to));
    }
  }
  return found;
}

}  // namespace paralif
