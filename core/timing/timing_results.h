// What a running-time comparison found, as plain values.
#pragma once

#include <string>
#include <vector>

#include "core/timing/machine.h"
#include "core/timing/timing_plan.h"
#include "core/timing/timing_statistics.h"

namespace paralif {

/// Where it was measured, and how busy that machine was.
struct TimingMachine {
  bench::Machine host;
  std::vector<std::string> gpus;  ///< names, in the order of their numbers
  double copy_gb_s = 0.0;         ///< read and written together, 32 MiB onto 32 MiB
  double load = -1.0;             ///< processes that wanted to run when it began; below 0: unknown
};

struct TimingResult {
  TimingPoint point;
  std::vector<double> trials_ms;  ///< of one pass each; warm-up dropped
  std::string problem;            ///< why there is no (further) trial; empty: none

  [[nodiscard]] Spread spread() const { return spread_of(trials_ms); }
};

struct TimingResults {
  std::string started;  ///< local time, "2024-05-01 14:03:22"
  std::string status;   ///< measuring, finished or cancelled
  TimingPlan plan;
  TimingMachine machine;
  std::vector<TimingResult> points;  ///< in the order of points_of(plan)
  std::vector<TimingResult> copies;  ///< a memory copy of each size on each device
};

/// GB/s of the memory copy of a point's size; 0 where it was not measured.
double copy_gb_s(const TimingResults& results, const TimingPoint& point);
/// GB/s of the bytes that every implementation must move; NaN without trials.
double achieved_gb_s(const TimingResult& result);

/// Sentences that a careful reader should know: spread, load, points without a result.
std::vector<std::string> warnings_of(const TimingResults& results);

/// Median of a curve on a device at a length; null: not in these results.
const TimingResult* find_point(const TimingResults& results, const TimingCurve& curve,
                               const TimingDevice& device, std::int64_t steps);

/// {"machine": {...}, "results": [...]} for machines to read; points that failed have a
/// "problem" and null for times.
std::string summary_json(const TimingResults& results);

/// The figure's caption: what was measured, on what, when; and the paper to cite.
std::string caption_of(const TimingResults& results);
std::string timing_citation();
/// "AMD EPYC, 2 threads of 2 cores, 8 GiB, AVX2, LibTorch 1.13.0".
std::string describe(const TimingMachine& machine);

/// "12.3 µs", "4.56 ms", "1.23 s": three digits with a unit that fits.
std::string duration_text(double ms);

}  // namespace paralif
