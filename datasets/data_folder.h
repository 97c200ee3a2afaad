// Where downloads are, and which file or folder of a dataset lies where.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "datasets/readers/cifar10_reader.h"
#include "datasets/recorded_set.h"

namespace paralif {

/// The data folder: the one chosen, or else $PARALIF_DATA, or else `paralif/data` in the user's
/// XDG data folder ($XDG_DATA_HOME or ~/.local/share).
std::filesystem::path data_folder(const std::string& chosen = {});

/// Whether a dataset is one of recordings, such as heidelberg.
bool is_recorded_dataset(const std::string& dataset);

/// Names of a dataset's files and folders, relative to the data folder or to any folder in it.
std::vector<std::string> expected_files(const std::string& dataset, DataPart part);

/// The file or folder of a part of a dataset, in `folder` or one level below, with its name in any
/// case; empty when absent.
std::filesystem::path find_part(const std::string& dataset, DataPart part,
                                const std::filesystem::path& folder);

/// Opens a part of a recorded dataset. Throws Error(file) that names what was looked for.
std::unique_ptr<RecordedSet> open_recordings(const std::string& dataset, DataPart part,
                                             const std::filesystem::path& folder,
                                             const ReadOptions& options = {});
/// Opens a part of a dataset of images. Throws Error(file).
std::unique_ptr<ImageSet> open_images(const std::string& dataset, DataPart part,
                                      const std::filesystem::path& folder);

/// What a path is, when a user points at a file or folder directly.
struct IdentifiedPart {
  std::string dataset;
  DataPart part;
  std::filesystem::path folder;  ///< to open it with
};
/// Every part of every dataset in a file or folder; nothing when it is none of them.
std::vector<IdentifiedPart> identify(const std::filesystem::path& path);

/// The name of the note that marks sample data of a dataset in its folder.
std::string sample_data_note(const std::string& dataset);
/// Whether a part of a dataset, as found by find_part, was computed rather than recorded.
bool is_sample_data(const std::string& dataset, const std::filesystem::path& found);

}  // namespace paralif
