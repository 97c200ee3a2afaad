// A NIR graph of another program as a run that can be tested, trained on and exported again.
// Without Torch, for front ends.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/exchange/export_run.h"
#include "core/experiments/experiment.h"

namespace paralif {

struct NirImportPlan {
  std::filesystem::path from;  ///< a .nir file
  double time_step_s = 0.0;    ///< of the graph, which has none of its own
  Experiment experiment;       ///< data and training; its network is the graph's
  std::filesystem::path runs_root;
  std::int64_t samples = 20;  ///< of the test set that graph and network are compared on; 0: none
  bool approximate =
      false;  ///< takes a graph that no network computes as the nearest that one does
};

struct NirImport {
  std::filesystem::path run;  ///< waits for its training, with the graph's weights
  std::vector<std::string> layers;  ///< one line each
  std::vector<std::string> notes;
  NirFidelity fidelity;
  /// On the input that another program recorded in FILE.h5 beside the graph; absent: there is none.
  std::optional<NirFidelity> reference;
};

/// Makes the run once the network has been compared; `progress` is told the share of samples done,
/// and false ends the work with Interrupted and no run. Throws Error(file) and Error(setting), the
/// latter with the name of the node that no layer computes.
NirImport import_nir(const NirImportPlan& plan, const std::function<bool(double)>& progress);

}  // namespace paralif
