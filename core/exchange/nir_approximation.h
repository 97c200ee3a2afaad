// A graph that layers here cannot compute exactly, moved to the nearest that they can.
#pragma once

#include <string>
#include <vector>

#include "core/exchange/nir_graph.h"

namespace paralif {

/// Delays become whole steps, and time constants below the time step become it, since an Euler step
/// cannot go below. Adds a sentence to `notes` for each node that is changed. Values that are not
/// finite stay, for the importer to refuse.
NirGraph approximated(NirGraph graph, double time_step_s, std::vector<std::string>& notes);

}  // namespace paralif
