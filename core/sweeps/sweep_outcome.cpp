#include "core/sweeps/sweep_outcome.h"

#include <algorithm>
#include <map>

#include "core/experiments/fields.h"
#include "core/values/mean_deviation.h"
#include "core/values/parameter_text.h"

namespace paralif {
namespace {

constexpr const char* seed_key = "seed";

void finish(OutcomeLine& line, const std::vector<double>& accuracies) {
  line.finished = static_cast<std::int64_t>(accuracies.size());
  if (accuracies.empty()) return;
  const MeanDeviation all = mean_deviation(accuracies);
  line.mean = all.mean;
  line.deviation = all.deviation;
  line.least = *std::ranges::min_element(accuracies);
  line.most = *std::ranges::max_element(accuracies);
  line.seconds /= static_cast<double>(accuracies.size());
}

}  // namespace

SweepOutcome outcome_of(const SweepPlan& plan, const std::vector<TrialState>& states) {
  SweepOutcome outcome;
  outcome.keys = varied_keys(plan);
  std::erase(outcome.keys, seed_key);
  std::map<std::vector<std::string>, std::size_t> places;
  std::vector<std::vector<double>> accuracies;
  for (const SweepTrial& trial : trials_of(plan)) {
    std::vector<std::string> values;
    for (const std::string& key : outcome.keys) {
      const Field& field = *find_field(key);
      values.push_back(parameter_text(field, trial.experiment));
    }
    const auto [at, isNew] = places.emplace(values, outcome.lines.size());
    if (isNew) {
      outcome.lines.push_back({});
      outcome.lines.back().values = values;
      accuracies.emplace_back();
    }
    OutcomeLine& line = outcome.lines[at->second];
    ++line.runs;
    const auto index = static_cast<std::size_t>(trial.number - 1);
    if (index >= states.size() || states[index].status != RunStatus::finished) continue;
    accuracies[at->second].push_back(states[index].accuracy);
    line.seconds += states[index].seconds;
  }
  for (std::size_t i = 0; i < outcome.lines.size(); ++i) finish(outcome.lines[i], accuracies[i]);
  return outcome;
}

}  // namespace paralif
