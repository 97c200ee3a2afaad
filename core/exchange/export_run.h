// A recorded run as a NIR graph, and how faithful that is. Without Torch, for front ends.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace paralif {

struct NirExportPlan {
  std::filesystem::path run;
  std::filesystem::path to;  ///< a .nir file
  std::int64_t samples = 20; ///< of the test set that graph and network are compared on; 0: none
  bool approximate =
      false;             ///< what NIR cannot say as what comes nearest, where there is something
  std::string target{};  ///< a name of nir_targets(), whose forms are written; empty: the plainest
};

/// What a graph, run by the interpreter, and the network it was made from make of the same samples.
struct NirFidelity {
  struct Layer {
    std::string id;
    double equal = 1.0;   ///< share of all neurons and steps where both fire or neither does
    double spikes = 0.0;  ///< of the network, a sample
  };
  double time_step_s = 0.0;  ///< that the graph is to be run with
  std::size_t nodes = 0;
  std::int64_t samples = 0;
  double network_accuracy = 0.0;  ///< 0..1
  double graph_accuracy = 0.0;
  std::vector<Layer> layers;
  double readout_error = 0.0;  ///< worst difference, of the largest value
  std::vector<std::string> approximations{};  ///< what the graph has otherwise, a sentence each
  std::vector<std::string> warnings{};  ///< what the target does not read, a sentence each
};

/// Writes the graph once it has been compared; `progress` is told the share of samples done, and
/// false ends the work with Interrupted. Throws Error(file) and Error(setting), the latter with the
/// id of the layer that NIR has no form for.
NirFidelity export_run(const NirExportPlan& plan, const std::function<bool(double)>& progress);

}  // namespace paralif
