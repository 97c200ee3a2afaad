#include "datasets/catalogue/check.h"

#include <algorithm>
#include <new>

#include "datasets/error.h"

namespace paralif {

SetReport check_set(const RecordedSet& set, const std::function<bool(double)>& progress) {
  constexpr std::size_t told_problems = 20;
  SetReport report;
  report.class_counts.assign(static_cast<std::size_t>(set.description().classes), 0);
  report.class_names = set.description().class_names;
  double total_s = 0.0;
  const auto broken = [&](const std::string& problem) {
    ++report.broken;
    if (report.problems.size() < told_problems) report.problems.push_back(problem);
  };
  for (std::int64_t sample = 0; sample < set.size(); ++sample) {
    if (progress && sample % 16 == 0 &&
        !progress(static_cast<double>(sample) / static_cast<double>(set.size()))) {
      break;
    }
    try {
      const auto recording = set.read(sample);
      const double duration_s =
          recording->size() > 0 ? recording->time.back() * set.description().tick_s : 0.0;
      const bool first = report.samples == 0;
      report.fewest = first ? recording->size() : std::min(report.fewest, recording->size());
      report.most = std::max(report.most, recording->size());
      report.shortest_s = first ? duration_s : std::min(report.shortest_s, duration_s);
      report.longest_s = std::max(report.longest_s, duration_s);
      report.silent += recording->size() == 0 ? 1 : 0;
      report.spikes += recording->size();
      total_s += duration_s;
      report.flaws.add(recording->flaws);
      ++report.samples;
      ++report.class_counts[static_cast<std::size_t>(set.label(sample))];
    } catch (const Error& error) {
      broken(error.what());
    } catch (const std::bad_alloc&) {
      broken(set.description().path.string() + ": " + set.origin(sample) +
             ": needs more memory than there is");
    }
  }
  if (report.samples > 0) report.mean_s = total_s / static_cast<double>(report.samples);
  return report;
}

}  // namespace paralif
