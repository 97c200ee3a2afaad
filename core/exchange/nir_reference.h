// Outputs that another program recorded of a graph, against the network made of it. Private to the
// exchange.
#pragma once

#include <filesystem>

#include "core/exchange/export_run.h"
#include "core/exchange/nir_import.h"
#include "core/networks/network.h"

namespace paralif {

/// Whether FILE.h5 stands beside FILE.nir with an `input` and an `output`.
bool has_reference(const std::filesystem::path& graph);

/// Runs the network on the recorded input, (T, features...), and compares: spikes of layers whose
/// nodes were recorded ("node/<name>"), and the output. `samples` is 1, there are no accuracies.
/// Throws Error(file) where the recording is of another time step or shape.
NirFidelity reference_fidelity(Network& network, const ImportedNetwork& imported,
                               const std::filesystem::path& graph, double time_step_s);

}  // namespace paralif
