// The figure of results as an SVG drawing, made without a window.
#pragma once

#include <filesystem>
#include <string>

#include "core/timing/timing_results.h"

namespace paralif {

struct TimingFigureStyle {
  bool log_steps = true;
  bool log_time = true;
  int width = 760;  ///< points
  int height = 520;
};

/// Results drawn for comparison, dashed, under a name of their own.
struct TimingOverlay {
  std::string name;
  TimingResults results;
};

/// Medians as lines, quartiles as bands, failed points as crosses; caption and citation below.
std::string timing_svg(const TimingResults& results, const TimingFigureStyle& style = {},
                       const std::vector<TimingOverlay>& overlays = {});

/// Throws Error(file) when the name does not end in .svg or the file cannot be written.
void write_timing_svg(const std::filesystem::path& path, const TimingResults& results,
                      const TimingFigureStyle& style = {},
                      const std::vector<TimingOverlay>& overlays = {});

}  // namespace paralif
