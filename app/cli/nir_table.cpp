#include "app/cli/nir_table.h"

#include <fmt/format.h>

#include <cstdio>

#include "datasets/text.h"

namespace paralif::cli {

namespace {

void print_layers(const NirFidelity& f) {
  fmt::print("\n{:<12} {:>14} {:>18}\n", "layer", "spikes/sample", "equal spikes");
  for (const auto& layer : f.layers) {
    fmt::print("{:<12} {:>14.1f} {:>16.4f} %\n", layer.id, layer.spikes, 100 * layer.equal);
  }
  fmt::print("\nread-out: differs by {:.1e} of its largest value\n", f.readout_error);
}

}  // namespace

void print_reference(const NirFidelity& f, const std::string& file) {
  fmt::print("\nOn the input recorded in {}:\n", printable(file));
  print_layers(f);
}

void print_fidelity(const NirFidelity& f, const std::string& file) {
  fmt::print("{}: {} nodes, to be run with a time step of {:g} s\n", printable(file), f.nodes,
             f.time_step_s);
  for (const std::string& one : f.approximations) {
    fmt::print("Approximated: {}.\n", printable(one));
  }
  if (f.samples == 0) return;
  print_layers(f);
  fmt::print("accuracy on {} test samples: network {:.1f} %, graph {:.1f} %\n", f.samples,
             100 * f.network_accuracy, 100 * f.graph_accuracy);
}

nlohmann::ordered_json json_of(const NirFidelity& f, const std::string& file) {
  nlohmann::ordered_json json{{"file", file},
                              {"nodes", f.nodes},
                              {"time_step_s", f.time_step_s},
                              {"samples", f.samples},
                              {"network_accuracy", f.network_accuracy},
                              {"graph_accuracy", f.graph_accuracy},
                              {"readout_error", f.readout_error},
                              {"layers", nlohmann::ordered_json::array()}};
  if (!f.approximations.empty()) json["approximations"] = f.approximations;
  if (!f.warnings.empty()) json["warnings"] = f.warnings;
  for (const auto& layer : f.layers) {
    json["layers"].push_back(
        {{"id", layer.id}, {"spikes", layer.spikes}, {"equal", layer.equal}});
  }
  return json;
}

}  // namespace paralif::cli
