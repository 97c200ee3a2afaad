// What is known about each dataset, and what of it a data folder holds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "datasets/recorded_set.h"

namespace paralif {

/// How samples look.
enum class DataKind : std::uint8_t { points, audio, camera, images };

struct CatalogueEntry {
  std::string name;  ///< as in an experiment, such as "heidelberg"
  std::string title;
  std::string description;  ///< one or two sentences
  DataKind kind;
  std::int64_t classes;  ///< 0: as many as the file has
  std::vector<DataPart> parts;
  std::string files;  ///< what to put into the data folder
  std::string page;   ///< the publishers' page; empty: nothing to download
  std::string size;   ///< about, as downloaded
  std::string licence;
  std::string citation;
  SensorShape sensor{};  ///< of the published recordings; meaningless for points and images
};

/// All datasets, in the order of a first visit.
const std::vector<CatalogueEntry>& catalogue();
/// Null for an unknown name.
const CatalogueEntry* find_entry(const std::string& name);

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
std::vector<PartState> inspect(const CatalogueEntry& entry, const std::filesystem::path& folder);

}  // namespace paralif
