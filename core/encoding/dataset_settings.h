// Which data an experiment uses and how it is encoded, as plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace paralif {

/// Which data, and how it becomes spike trains.
struct DatasetSettings {
  std::string name = "yinyang";
  std::int64_t steps = 100;       ///< time steps of a sample, for rate-coded data
  double window_s = 1e-3;         ///< width of a time bin, for recorded data
  std::optional<std::int64_t> bins;  ///< this many a sample, whatever its length; absent: by window
  std::int64_t group_units = 1;   ///< neighbouring channels of audio summed into one input
  std::string polarity = "published";  ///< of cameras: published, off, on, both or merged
  std::optional<std::int64_t> resize;  ///< pixels a side of camera frames; absent: as published
  bool augmentation = false;      ///< random translation and scale of every training sample
  double shift = 0.05;            ///< largest translation, as a fraction of the extent
  double scale = 0.15;            ///< largest change of scale
  double time_mask = 0.0;         ///< largest fraction of steps emptied, with augmentation
  double unit_mask = 0.0;         ///< largest fraction of audio channels emptied, likewise
  double mask_probability = 1.0;  ///< chance of each of the two masks
  double cut_mix = 0.0;           ///< chance of a run of steps of the next sample of the batch
  double data_ratio = 1.0;        ///< share of the training and of the test samples that is used
  double validation = 0.0;        ///< share of the training samples kept out to choose by
  double test_share = 0.2;        ///< share of own points kept out as the test set
  bool preload = false;           ///< read everything into memory first
  bool redraw = true;             ///< rate-coded trains anew each epoch; false: drawn once
  std::string padding = "start";  ///< of shorter samples in a batch: start or end of time
  std::string time_unit = "published";  ///< of times in the files: published, s, ms or us
  std::string skip_bad = "none";  ///< what may be left out of a file: none or events
  std::string data_dir;           ///< where downloads are; empty: the usual places

  bool operator==(const DatasetSettings&) const = default;
};

}  // namespace paralif
