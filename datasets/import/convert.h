// A folder of one's own recordings as a dataset in the format of SHD.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "datasets/import/imported_set.h"
#include "datasets/import/recordings.h"

namespace paralif {

struct ConvertReport {
  std::int64_t train = 0;  ///< samples written
  std::int64_t test = 0;
  std::vector<std::string> class_names;
  std::vector<std::string> silent;    ///< recordings without spikes: class/file
  std::vector<std::string> left_out;  ///< files that are no recordings: class/file
  std::size_t skipped = 0;            ///< rows that were left out, as was asked for
  double longest_s = 0.0;             ///< to the last spike of a recording
  double start_s = 0.0;               ///< the latest one subtracted; 0: times are as in the files
  std::string read_as;                ///< how the first spike list was read
};

/// Reads `folder`/<class>/<recording> (2 to 20 classes, in the order of their names) and writes a
/// folder `out` with shd_train.h5 and shd_test.h5. Every fifth recording of a class is to test
/// on; of a class of two to four, the last. Class names are in `extra/keys`, what `about` says in
/// `extra/name`, `extra/licence` and `extra/source`. Where a recording begins at 60 s or later,
/// the first spike of each spike list becomes 0.
/// `out` must not exist or be empty; it is made aside and put in place whole, so that a stopped
/// or failed call leaves nothing and can be repeated. Throws Error(file). `progress` is told the
/// part that is done and says whether to go on.
ConvertReport convert_folder(const std::filesystem::path& folder, const std::filesystem::path& out,
                             const SpikeListMapping& mapping, const DatasetAbout& about = {},
                             const std::function<bool(double)>& progress = {});

/// A table of points as points.csv in the form that is read without a question, into a folder.
/// Returns how many points and skipped rows there were. Throws Error(file); a points.csv that is
/// there is not replaced.
struct ConvertedPoints {
  std::size_t points = 0;
  std::size_t skipped = 0;
  std::vector<std::string> class_names;
};
ConvertedPoints convert_points(const std::filesystem::path& table,
                               const std::filesystem::path& out, const TableOptions& options);

}  // namespace paralif
