// What drives the neurons of the lab: a sum of segments, each one editable by its two ends.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/tables/table_form.h"

namespace paralif::lab {

enum class SegmentShape : std::uint8_t {
  level,    ///< `from` throughout
  ramp,     ///< from `from` in the first step to `to` in the last
  noise,    ///< normal with mean `from` and deviation `to`
  sine,     ///< `from` + `to` sin(2 pi frequency t)
  chirp,    ///< as sine, with the frequency rising evenly from `frequency` to `frequency_end`
  poisson,  ///< single steps of height `from`, `frequency` a second on average
  points    ///< straight lines through the points
};

std::string_view to_string(SegmentShape shape);

struct StimulusPoint {
  double time_s = 0.0;
  double value = 0.0;

  bool operator==(const StimulusPoint&) const = default;
};

/// Acts on the steps from round(begin / time step) up to, not with, round(end / time step).
struct Segment {
  SegmentShape shape = SegmentShape::level;
  double begin_s = 0.0;
  double end_s = 0.0;
  double from = 1.0;
  double to = 0.0;
  double frequency_hz = 10.0;
  double frequency_end_hz = 100.0;
  std::uint64_t seed = 1;             ///< of noise and Poisson
  std::vector<StimulusPoint> points;  ///< in order of time, `points` only

  bool operator==(const Segment&) const = default;
};

struct Stimulus {
  static constexpr int schema_version = 1;
  static constexpr std::int64_t most_steps = 1'000'000;

  std::string title = "Step";
  double time_step_s = 1e-3;
  double duration_s = 0.1;
  double baseline = 0.0;
  std::vector<Segment> segments;

  bool operator==(const Stimulus&) const = default;
  [[nodiscard]] std::int64_t steps() const;
};

/// One value a step.
std::vector<double> values_of(const Stimulus& stimulus);

/// Throws Error(setting) that names the field at fault.
void validate(const Stimulus& stimulus);

/// The ready-made stimuli: "Step", "Ramp", "Pulses", "Pulse pairs", "Noise", "Sine", "Chirp",
/// "Poisson spikes", "Drawn".
const std::vector<Stimulus>& stimulus_presets();

/// A stimulus from a table with the columns time (s) and value, or with values alone, one a
/// millisecond. A heading line is skipped. Throws Error(file) that names the line at fault.
Stimulus stimulus_from_csv(const std::filesystem::path& path, const TableOptions& options = {});

Segment level(double begin_s, double end_s, double value);
Segment ramp(double begin_s, double end_s, double from, double to);

}  // namespace paralif::lab
