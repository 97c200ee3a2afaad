// Small, seeded, learnable files in the exact format of each dataset: for tests, lessons and the
// first minutes, where nothing has been downloaded yet.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace paralif {

struct SampleOptions {
  std::uint64_t seed = 1;
  bool full_size = false;  ///< heidelberg only: as many samples and spikes as the real files
  bool original = false;   ///< dvsgesture only: AEDAT recordings instead of numpy arrays
  /// Told the share done, 0..1; returns false to stop.
  std::function<bool(double)> progress{};
};

/// Datasets that sample data can be written for.
const std::vector<std::string>& sample_datasets();

/// Writes the files into `folder`, with a note that they are sample data; all of them or, where it
/// is stopped, fails or is killed, none. Refuses to replace files that are there. Throws Error(setting) for an unknown dataset and Error(file).
void write_sample_data(const std::string& dataset, const std::filesystem::path& folder,
                       const SampleOptions& options = {});

}  // namespace paralif
