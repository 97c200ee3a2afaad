#include "core/exchange/import_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/encoding/spike_source.h"
#include "core/exchange/nir_approximation.h"
#include "core/exchange/nir_fidelity.h"
#include "core/exchange/nir_import.h"
#include "core/exchange/nir_reference.h"
#include "core/exchange/nir_weights.h"
#include "core/exchange/queued_run.h"
#include "core/training/trainer.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using torch::Tensor;

/// The data as the graph takes it: as it is, or in one row.
void fit_input(ImportedNetwork& imported, const std::vector<std::int64_t>& features) {
  if (imported.input == features) return;
  const SignalShape graph{0, imported.input};
  const SignalShape data{0, features};
  if (imported.input.size() == 1 && graph.units() == data.units()) {
    auto& layers = imported.network.layers;
    layers.insert(layers.begin(), {"rows", "flatten", {}});
    return;
  }
  throw Error(Error::Kind::setting, "dataset",
              fmt::format("gives {} inputs, the graph takes {}", features_text(data),
                          features_text(graph)),
              "choose the dataset and the settings that the network was made for");
}

/// With the file in every sentence.
ImportedNetwork described(const NirGraph& graph, const NirImportPlan& plan) {
  try {
    return network_from_nir(graph, plan.time_step_s);
  } catch (const Error& error) {
    throw Error(Error::Kind::file, plan.from.string(), error.what());
  }
}

/// Throws where the network does not do what the graph does.
void require_fidelity(const NirFidelity& fidelity, const NirImportPlan& plan) {
  if (fidelity.samples == 0) return;
  constexpr double equal = 0.999;  // a membrane within rounding of its threshold may fall either way
  constexpr double near = 1e-2;
  const bool same = std::ranges::all_of(fidelity.layers, [](const auto& layer) { return layer.equal >= equal; });
  if (same && (fidelity.readout_error <= near || std::isnan(fidelity.readout_error))) return;
  throw Error(Error::Kind::verdict, plan.from.string(),
              fmt::format("cannot be taken over: on {} test samples the network's read-out differs by {:.2g} of the "
                          "largest value from the graph's",
                          fidelity.samples, fidelity.readout_error),
              "please report the file");
}

std::vector<std::string> lines_of(const Network& network) {
  std::vector<std::string> lines;
  const auto& layers = network.description().layers;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const auto model = layers[i].values.find("model");
    const std::string* name =
        model == layers[i].values.end() ? nullptr : std::get_if<std::string>(&model->second);
    std::int64_t parameters = 0;
    for (const Tensor& p : network.layers()[i]->parameters()) parameters += p.numel();
    lines.push_back(fmt::format("{:<16} {:<18} {:>12}  {} parameters", layers[i].id,
                                name == nullptr ? layers[i].kind : *name,
                                features_text(network.shapes()[i]), parameters));
  }
  return lines;
}

}  // namespace

NirImport import_nir(const NirImportPlan& plan, const std::function<bool(double)>& progress) {
  const NirGraph graph = with_readout(read_nir(plan.from));
  std::vector<std::string> notes;
  ImportedNetwork imported =
      described(plan.approximate ? approximated(graph, plan.time_step_s, notes) : graph, plan);
  const bool exact = notes.empty();
  const ImportedNetwork as_recorded = imported;
  const DataSplit data = open_data(plan.experiment.dataset);
  fit_input(imported, data.train->features());
  Experiment experiment = plan.experiment;
  experiment.network.layers = imported.network;
  Trainer trainer(experiment, data);
  give_weights(trainer.network(), imported);
  trainer.network().eval();
  NirImport result;
  result.notes = imported.notes;
  result.layers = lines_of(trainer.network());
  // What is approximated is compared with the graph as it came.
  result.fidelity =
      fidelity_of(trainer, graph, imported.nodes, plan.time_step_s, plan.samples, progress);
  result.fidelity.approximations = std::move(notes);
  if (exact) require_fidelity(result.fidelity, plan);
  if (has_reference(plan.from)) {
    Network alone(as_recorded.network, SignalShape{0, as_recorded.input},
                  0);  // without fit_input()
    give_weights(alone, as_recorded);
    alone.eval();
    result.reference = reference_fidelity(alone, as_recorded, plan.from, plan.time_step_s);
  }
  const bool silent = !result.fidelity.layers.empty() &&
                      std::ranges::all_of(result.fidelity.layers, [](const auto& l) { return l.spikes == 0; });
  if (silent) {
    result.notes.emplace_back("No neuron fires on the samples compared: are dataset and time step those it was made for?");
  }
  result.run = make_queued_run(plan.runs_root, experiment, trainer);
  return result;
}

}  // namespace paralif
