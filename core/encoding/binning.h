// From the events of a recording to counts in time bins, as the published experiments do it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/encoding/event_rows.h"
#include "datasets/recording.h"

namespace paralif {

/// Which events of a camera count, and as what.
enum class PolarityChoice : std::uint8_t { off, on, both, merged };

/// Grid of inputs that a sensor's addresses are mapped to.
struct InputGrid {
  SensorShape shape;               ///< inputs = shape.units()
  std::vector<std::int32_t> unit;  ///< input of each address of the sensor; -1: left out
};

/// Audio: `group` neighbouring channels summed into one input; the last group may be smaller.
InputGrid audio_grid(const SensorShape& sensor, std::int64_t group);

/// Camera: polarities chosen, then resized to at most `side` x `side` pixels by taking the nearest
/// source pixel of each target pixel; a side of 0 keeps the sensor's size.
InputGrid image_grid(const SensorShape& sensor, PolarityChoice polarity, std::int64_t side);

/// How time becomes steps.
struct BinRule {
  double window = 1.0;      ///< width of a bin, in ticks of the recording
  std::int64_t bins = 0;    ///< this many bins a sample instead; 0: bins of the width above
  bool from_first = false;  ///< bins start at the first event, not at time 0
  bool whole_bins = false;  ///< events after the last full bin are left out (but keep one bin)
};

/// Audio: bin = int(time / window) in the precision the file keeps its times in.
/// Cameras: tonic's ToFrame, that is from the first event and without an unfilled last bin.
BinRule audio_rule(double window, std::int64_t bins);
BinRule camera_rule(double window, std::int64_t bins);

/// Throws Error(file) with `origin` where a sample would last more than a million steps.
EventRows bin_recording(const Recording& recording, const BinRule& rule, const InputGrid& grid,
                        const std::string& origin);

}  // namespace paralif
