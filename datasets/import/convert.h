// A folder of one's own recordings as a dataset in the format of SHD.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "datasets/import/spike_list.h"

namespace paralif {

struct ConvertReport {
  std::int64_t train = 0;  ///< samples written
  std::int64_t test = 0;
  std::vector<std::string> class_names;
};

/// One recording: a spike list, or a sound through the model of the cochlea.
Recording import_recording(const std::filesystem::path& file, const SpikeListMapping& mapping);

/// Reads `folder`/<class>/<recording> (up to 20 classes, in the order of their names) and writes
/// shd_train.h5 and shd_test.h5 into `out`, with every fifth recording of a class to test.
/// Throws Error(file); files that are there are not replaced.
ConvertReport convert_folder(const std::filesystem::path& folder, const std::filesystem::path& out,
                             const SpikeListMapping& mapping,
                             const std::function<bool(double)>& progress = {});

}  // namespace paralif
