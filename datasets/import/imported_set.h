// Datasets that were made of one's own recordings: what they are called and where they lie.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paralif {

/// What its maker says of a dataset.
struct DatasetAbout {
  std::string name;
  std::string licence;
  std::string source;  ///< where the recordings are from
};

/// Marks the folder of such a dataset; `find_part` passes over it when it looks one level below a
/// data folder.
constexpr const char* imported_note = "IMPORTED_DATASET.txt";

struct ImportedSet {
  std::filesystem::path folder;  ///< to read it with, as one in the format of SHD
  DatasetAbout about;            ///< as in its file; the name is the folder's where it has none
  std::vector<std::string> class_names;
};

/// Where imports go: two levels below the data folder, so that none is found in place of the
/// Heidelberg digits, which are looked for in the data folder and one level below.
std::filesystem::path folder_of_imports(const std::filesystem::path& data_folder);

/// A folder there for a dataset of this name. Throws Error(setting "name") for a name that no
/// folder can have.
std::filesystem::path folder_of_import(const std::filesystem::path& data_folder,
                                       const std::string& name);

/// The dataset in a folder, where it was imported.
std::optional<ImportedSet> imported_set(const std::filesystem::path& folder);

/// The folder itself where it is one, those one level below it, and those among its imports.
std::vector<ImportedSet> imported_sets(const std::filesystem::path& data_folder);

}  // namespace paralif
