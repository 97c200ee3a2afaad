// A run as one line of the library: what it is called, how it went, and every setting as text.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/runs/run_marks.h"
#include "core/values/run_status.h"

namespace paralif {

struct RunEntry {
  std::filesystem::path folder;
  std::string title;
  RunStatus status = RunStatus::damaged;
  std::string problem;  ///< why a damaged run cannot be read; else empty
  std::string dataset;  ///< its title in the catalogue
  std::string network;  ///< the neuron of a dense network, a published network's name, or "9 layers"
  std::string sweep;    ///< folder name of the sweep that it is of; empty: none
  std::int64_t started_at = 0;  ///< seconds since 1970, UTC
  std::int64_t epochs_done = 0;
  std::int64_t epochs = 0;
  std::optional<double> best_validation_accuracy;  ///< with a validation part only
  std::optional<double> best_test_accuracy;        ///< of versions that chose by the test
  std::optional<double> last_test_accuracy;        ///< absent before the first epoch
  double train_seconds = 0.0;
  std::optional<double> parameters;  ///< of the network, a whole number; absent in older runs
  bool resumable = false;
  RunMarks marks;
  /// By the order of experiment_fields(), as format_parameter() writes them; empty where a setting
  /// has no effect in this run. Lists of layers are left out.
  std::vector<std::string> settings;

  bool operator==(const RunEntry&) const = default;
};

/// Reads a run's folder; one that cannot be read becomes a damaged entry. `sweep` as in RunEntry.
RunEntry read_entry(const std::filesystem::path& folder, const std::string& sweep);

}  // namespace paralif
