// The answer of the search as a table for people.
#pragma once

#include <string>
#include <vector>

#include "core/lab/search.h"

namespace paralif::lab {

/// "tau_mem 10.7 ms, no tau_syn, threshold 1, gain 2, background 0", what applies to the model.
std::string parameters_text(const LabNeuron& neuron);
/// "pulse 4 ms, gap 10 ms": the free parts of a feature's protocol.
std::string protocol_text(Feature feature, const ProtocolSettings& settings);

/// docs/features.md: 20 features x the models, Izhikevich judged afresh, then one section a
/// feature with criterion, parameters of each cell that shows it, and reasons of those that
/// cannot.
std::string feature_table(const std::vector<CellResult>& results);

}  // namespace paralif::lab
