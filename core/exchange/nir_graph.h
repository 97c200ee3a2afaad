// A NIR graph (Neuromorphic Intermediate Representation) as its file has it: nodes with arrays, and
// edges. Source: Pedersen et al. (2024), and the layout of the nir package's HDF5 files.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "datasets/hdf5_file.h"

namespace paralif {

struct NirNode {
  std::string name;
  std::string type;                               ///< "LIF", "Conv2d", ...
  std::map<std::string, Array<double>> values{};  ///< parameters by name
  std::map<std::string, std::string> words{};     ///< parameters that are texts, such as "same"

  /// Null where the file has none.
  [[nodiscard]] const Array<double>* find(const std::string& key) const;
};

struct NirGraph {
  std::string version;
  std::vector<NirNode> nodes;
  std::vector<std::pair<std::string, std::string>> edges;  ///< from, to
};

/// Graphs within the graph are taken apart: their nodes are named "<graph>.<node>", and edges lead
/// through their Input and Output nodes. Throws Error(file) that names the node.
NirGraph read_nir(const std::filesystem::path& path);

/// As the nir package lays it out; the file is whole or absent. Throws Error(file).
void write_nir(const NirGraph& graph, const std::filesystem::path& path);

}  // namespace paralif
