// What is known about each dataset, and what of it a data folder holds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "datasets/catalogue/dataset.h"

namespace paralif {

/// All datasets, in the order of a first visit.
const std::vector<Dataset>& catalogue();
/// Adds one of another library or of a test; before anything has asked for the list, whose forms
/// and tables are made once.
void register_dataset(Dataset dataset);
/// Null for an unknown name.
const Dataset* find_dataset(const std::string& name);
/// Throws Error(setting) that names what there is.
const Dataset& dataset_named(const std::string& name);

/// How samples of a dataset look; of an unknown one as of recorded sound.
DataKind kind_of(const std::string& dataset);
/// Whether it is computed, with nothing to read.
bool is_computed(const std::string& dataset);

/// What a class is called, such as "hand clap"; its number where it has no name.
std::string class_title(const std::string& dataset, std::int64_t label);

/// One part of a dataset in a data folder.
struct PartState {
  DataPart part;
  std::filesystem::path path;  ///< empty: missing
  std::int64_t samples = 0;
  bool sample_data = false;  ///< computed rather than recorded
  std::string problem;       ///< why it cannot be opened; empty where it can
};

/// The state of every part; opens each that is there (an index, not the recordings).
std::vector<PartState> inspect(const Dataset& dataset, const std::filesystem::path& folder);

}  // namespace paralif
