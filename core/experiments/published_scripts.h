// Command lines of the published scripts beside the dense one, as experiments.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/experiments/experiment.h"

namespace paralif {

/// plif_net, seqcifar10 and snn_delays.
std::span<const std::string_view> published_scripts();

/// What `script` trains with these flags, written as there: "-dataset_name", "NMNIST",
/// "-best_config". As there, -best_config wins over the flags it sets. Throws Error(setting) that
/// names the flag, and for a script that is not published.
Experiment experiment_of_script(const std::string& script, const std::vector<std::string>& flags);

}  // namespace paralif
