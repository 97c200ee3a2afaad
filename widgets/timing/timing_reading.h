// Results of a running-time comparison in words: names of lines, and what a point says.
#pragma once

#include <QString>

#include "core/timing/timing_results.h"

namespace paralif {

/// "ParaLIF-T fft", with the device where a comparison has several.
QString lineName(const TimingPlan& plan, const TimingCurve& curve, const TimingDevice& device);

/// The line that speed-ups are told against, forward against forward, backward against backward.
struct TimingBaseline {
  TimingCurve curve;
  TimingDevice device;
};

/// Speed of a point against the baseline's point of the same length and pass; NaN where there is
/// none.
double speedUp(const TimingResults& results, const TimingResult& point,
               const TimingBaseline& baseline);

/// Time, quartiles, speed-up, and bytes per second against the memory copy; or what went wrong.
/// Lines separated by '\n'.
QString readingOf(const TimingResults& results, const TimingResult& point,
                  const TimingBaseline& baseline);

/// "12.3", "0.052", "1 234": three digits.
QString threeDigits(double value);

}  // namespace paralif
