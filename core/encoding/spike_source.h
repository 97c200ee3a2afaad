// Where training gets its batches: one half (training or test) of a dataset, encoded.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/encoding/dataset_settings.h"
#include "core/values/plane_point.h"
#include "core/values/spike_batch.h"

namespace paralif {

/// Const calls may come from several threads at once.
class SpikeSource {
 public:
  SpikeSource() = default;
  virtual ~SpikeSource() = default;
  SpikeSource(const SpikeSource&) = delete;
  SpikeSource& operator=(const SpikeSource&) = delete;

  [[nodiscard]] virtual std::int64_t samples() const = 0;
  [[nodiscard]] virtual std::int64_t inputs() const = 0;
  /// The inputs as they lie in space: {units}, {channels, length} or {channels, height, width}.
  [[nodiscard]] virtual std::vector<std::int64_t> features() const { return {inputs()}; }
  [[nodiscard]] virtual std::int64_t classes() const = 0;
  [[nodiscard]] virtual std::int64_t label(std::int64_t sample) const = 0;
  /// Width of a time step in seconds, for the axes of plots.
  [[nodiscard]] virtual double step_s() const { return 1e-3; }

  /// What the classes are called in the files themselves; empty where these have no names.
  [[nodiscard]] virtual std::vector<std::string> class_names() const { return {}; }
  /// The samples as points, where they are points of the plane; else empty.
  [[nodiscard]] virtual std::vector<PlanePoint> plane_points() const { return {}; }
  /// What was wrong with the data read so far and could be read all the same, as sentences.
  [[nodiscard]] virtual std::vector<std::string> notes() const { return {}; }

  /// Encodes these samples. `draw` decides everything random (rate coding, augmentation): equal
  /// draws give equal batches, whichever thread asks. Throws Error(file) for unreadable data.
  [[nodiscard]] virtual SpikeBatch batch(std::span<const std::int64_t> samples,
                                         std::uint64_t draw) const = 0;
};

struct DataSplit {
  std::unique_ptr<SpikeSource> train;  ///< augmented where the settings say so
  std::unique_ptr<SpikeSource> test;
  std::unique_ptr<SpikeSource> validation;  ///< kept out of the training; null: nothing is
};

/// Whether samples of this dataset are points whose coordinates become spike trains by chance.
bool is_rate_coded(const std::string& dataset);

/// Opens the dataset of an experiment. Throws Error(setting) for an unknown one and Error(file)
/// where its files are missing or broken.
DataSplit open_data(const DatasetSettings& settings);

}  // namespace paralif
