#include "app/cli/recording_table.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/experiments/fields.h"
#include "core/recording/recording_costs.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

std::string size_text(double bytes) {
  if (bytes < 1e3) return fmt::format("{:.0f} B", bytes);
  if (bytes < 1e6) return fmt::format("{:.1f} kB", bytes / 1e3);
  if (bytes < 1e9) return fmt::format("{:.1f} MB", bytes / 1e6);
  return fmt::format("{:.1f} GB", bytes / 1e9);
}

/// Absent with its reason where the data cannot be opened, which a size does not need.
std::optional<SampleCounts> counted(const Experiment& experiment, std::string& why_not) {
  try {
    return count_samples(experiment);
  } catch (const Error& error) {
    why_not = error.what();
    return std::nullopt;
  }
}

void print_table(const std::vector<RecordingCost>& costs,
                 const std::optional<SampleCounts>& samples) {
  fmt::print("{:<16} {:>6} {:>12} {:>11}   {}\n", "recorder", "kept", "an epoch", "of its time",
             "what");
  for (const RecordingCost& cost : costs) {
    const std::string share =
        samples ? fmt::format("{:.2f} %", 100.0 * share_of_epoch(cost.passes, *samples)) : "?";
    fmt::print("{:<16} {:>6} {:>12} {:>11}   {}\n", cost.id, cost.kept ? "yes" : "no",
               size_text(cost.bytes), share, cost.explanation.english());
  }
}

}  // namespace

void print_recording(const Experiment& experiment, bool json) {
  validate(experiment);
  const std::vector<RecordingCost> costs = recording_costs(experiment);
  std::string why_not;
  const std::optional<SampleCounts> samples = counted(experiment, why_not);
  const double bytes = recorded_epoch_bytes(costs);
  const std::int64_t epochs = recorded_epoch_count(experiment);
  if (json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const RecordingCost& cost : costs) {
      list.push_back({{"recorder", cost.id},
                      {"kept", cost.kept},
                      {"bytes", cost.bytes}});
      if (samples) list.back()["share_of_epoch"] = share_of_epoch(cost.passes, *samples);
    }
    const nlohmann::ordered_json all{{"recorders", list},
                                     {"epochs", epochs},
                                     {"bytes_an_epoch", bytes},
                                     {"bytes", bytes * static_cast<double>(epochs)}};
    fmt::print("{}\n", all.dump());
    return;
  }
  print_table(costs, samples);
  if (!samples) fmt::print("Shares of time need the data: {}\n", printable(why_not));
  if (epochs == 0) {
    fmt::print("No epoch is kept; metrics are.\n");
    return;
  }
  fmt::print("{} of {} epochs kept: about {} each, {} in all. Recording takes {:.0f} % of the time "
             "at most: epochs that would take more are left out.\n",
             epochs, experiment.training.epochs, size_text(bytes),
             size_text(bytes * static_cast<double>(epochs)), 100.0 * recording_time_limit);
}

}  // namespace paralif::cli
