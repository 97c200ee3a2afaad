// What a graph and a network make of the same samples. Private to the exchange.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/exchange/export_run.h"
#include "core/exchange/nir_graph.h"
#include "core/training/trainer.h"

namespace paralif {

/// Compares on `samples` of the test set, spread evenly; the graph is run by the interpreter.
/// `nodes`: by layer id, the node that gives what the layer gives. Told the share done; false ends
/// it with Interrupted.
NirFidelity fidelity_of(Trainer& trainer, const NirGraph& graph,
                        const std::map<std::string, std::string>& nodes, double time_step_s,
                        std::int64_t samples, const std::function<bool(double)>& progress);

}  // namespace paralif
